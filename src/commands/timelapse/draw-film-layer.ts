// A layer's animations and its film strip.

import { formatAmount, formatCount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import type { Plane } from '../../base/plane.js';
import type { Raster } from '../../base/raster.js';
import { nonValueCode } from '../../film/codes.js';
import { decodeLayer, type FrameLayer } from '../../film/frame.js';
import { fileBase, type ResultFile } from '../../output/activation-files.js';
import { encodeAnimatedWebp, WEBP_SIDE } from '../../rendering/animated-webp.js';
import { encodeApng } from '../../rendering/apng.js';
import { type FilmLayer, measureFilmFrame, renderFilmFrame, renderFilmStrip } from '../../rendering/film.js';
import { drawMovie } from '../../rendering/movie.js';
import { encodePng } from '../../rendering/png.js';
import { measureRanges, rankChanges, spreadOut } from './film-layer.js';
import type { TimelapseSettings } from './options.js';
import type { TimelapseLayer } from './result.js';

/** One layer at every epoch that is shown. */
export interface LayerFilm {
  /** in the network, from 1 */
  position: number;
  frames: readonly FrameLayer[];
  /** of each frame: `3`, and `epoch 3 of 8, val_acc 0.712: cats 0.83` */
  epochs: readonly { name: string; words: string }[];
  /** of the film, shown or not */
  epochCount: number;
  photograph: Raster;
  /** how titles go on after the layer's name */
  about: string;
  /** by keyword */
  texts: Readonly<Record<string, string>>;
}

/** Epochs of a strip: more than these are no longer looked at one by one. */
const stripEpochs = 10;
/** An animation has no more: they are in memory together, 4 bytes each. */
const pixelsAtMost = 2 ** 28;
/** The last epoch is shown so many times as long as the others. */
const lastIsLonger = 4;

/** A layer, and how large each picture of its animation becomes. */
export interface PlannedLayer {
  name: string;
  film: LayerFilm;
  layer: FilmLayer;
  size: { width: number; height: number };
}

/** Lays out a layer's animation. @throws CnnvizError BAD_ARGUMENT for one of too many pixels */
export function planFilmLayer(film: LayerFilm, settings: TimelapseSettings): PlannedLayer {
  const { frames } = film;
  const [first] = frames as [FrameLayer];
  const layer = describeLayer(film, measureRanges(frames), settings);
  const size = measureFilmFrame(layer, first);
  const most = Math.floor(pixelsAtMost / (size.width * size.height));
  if (frames.length > most) {
    const found = `${formatAmount(frames.length, 'picture')} of ${formatSize(size)}`;
    const fewer = most < 2 ? '' : `fewer epochs (--frames ${most}) or `;
    throw new CnnvizError('BAD_ARGUMENT', `${first.name}: ${found} are too much for an animation`, {
      hint: `Show ${fewer}smaller maps (--tile).`,
      options: ['frames', 'tile', 'columns'],
    });
  }
  return { name: first.name, film, layer, size };
}

const formatSize = ({ width, height }: PlannedLayer['size']) => `${formatCount(width)} x ${formatCount(height)} pixels`;

export async function drawFilmLayer(
  { name, film, layer, size }: PlannedLayer,
  settings: TimelapseSettings,
): Promise<Omit<TimelapseLayer, 'files'> & { files: ResultFile[] }> {
  const { frames, position } = film;
  const { kind } = frames[0] as FrameLayer;
  const { ranges } = layer;
  const ranked = rankChanges(frames, ranges);
  const still = ranked.findIndex(({ change }) => change === 0);
  // Channels that stay as they are say nothing in a strip; of a layer that does, one shows it.
  const changing = ranked.slice(0, Math.min(settings.rows, Math.max(1, still < 0 ? ranked.length : still)));
  const texts = { ...film.texts, Layer: name, Scale: settings.scale };
  const { duration } = settings;
  const durationsMs = frames.map((_, index) => (index === frames.length - 1 ? lastIsLonger * duration : duration));
  const movie = drawMovie({ ...size, durationsMs }, (index) => {
    return renderFilmFrame(layer, decodeLayer(frames[index] as FrameLayer), index);
  });
  const base = fileBase(name, position);
  const files = [
    { name: `${base}.apng`, content: await encodeApng(movie, texts) },
    { name: `${base}-strip.png`, content: encodePng(drawStrip(film, layer, changing), texts) },
  ];
  if (Math.max(size.width, size.height) > WEBP_SIDE) {
    const reason = `WebP has at most ${formatCount(WEBP_SIDE)} pixels a side, the animation is of ${formatSize(size)}`;
    const remedy = 'a smaller --tile or more --columns make it fit';
    settings.onEvent?.({ type: 'note', message: `${name} only as .apng: ${reason}; ${remedy}` });
  } else files.unshift({ name: `${base}.webp`, content: await encodeAnimatedWebp(movie) });
  return { name, kind, ranges: [...ranges], changing, files };
}

function describeLayer(film: LayerFilm, ranges: FilmLayer['ranges'], settings: TimelapseSettings): FilmLayer {
  const { scale, colormap, columns, tile } = settings;
  const { name } = film.frames[0] as FrameLayer;
  const isConstant = ({ min, max, codes }: FrameLayer['channels'][number]) =>
    min === max && !codes.includes(nonValueCode);
  return {
    title: `${name}${film.about}`,
    photograph: film.photograph,
    subtitles: film.epochs.map(({ words }) => words),
    ranges,
    isShared: scale === 'layer',
    hasConstant: film.frames.some(({ channels }) => channels.some(isConstant)),
    ...{ colormap, columns, tile },
  };
}

function drawStrip(
  { frames, epochs, epochCount }: LayerFilm,
  layer: FilmLayer,
  changing: TimelapseLayer['changing'],
): Raster {
  const shown = spreadOut([...frames.keys()], stripEpochs);
  const planes = shown.map((index) => decodeLayer(frames[index] as FrameLayer));
  const rows = changing.map(({ channel }) => ({ channel, planes: planes.map((all) => all[channel] as Plane) }));
  const columns = shown.length === epochCount ? 'a column for each epoch' : `${shown.length} of ${epochCount} epochs`;
  const subtitle = `the ${rows.length} of ${layer.ranges.length} channels that change most, ${columns}`;
  return renderFilmStrip(layer, rows, { epochs: shown.map((index) => epochs[index]?.name ?? ''), subtitle });
}
