// A layer's animations and its film strip.

import type { Plane } from '../../base/plane.js';
import type { Raster } from '../../base/raster.js';
import { nonValueCode } from '../../film/codes.js';
import { decodeLayer, type FrameLayer } from '../../film/frame.js';
import { fileBase, type ResultFile } from '../../output/activation-files.js';
import { encodeAnimatedWebp } from '../../rendering/animated-webp.js';
import { encodeApng } from '../../rendering/apng.js';
import { type FilmLayer, renderFilmFrame, renderFilmStrip } from '../../rendering/film.js';
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
  photograph: Raster;
  /** how titles go on after the layer's name */
  about: string;
  /** by keyword */
  texts: Readonly<Record<string, string>>;
}

/** Epochs of a strip: more than these are no longer looked at one by one. */
const stripEpochs = 10;
/** The last epoch is shown so many times as long as the others. */
const lastIsLonger = 4;

export async function drawFilmLayer(
  film: LayerFilm,
  settings: TimelapseSettings,
): Promise<Omit<TimelapseLayer, 'files'> & { files: ResultFile[] }> {
  const { frames, epochs, position } = film;
  const { name, kind } = frames[0] as FrameLayer;
  const ranges = measureRanges(frames);
  const ranked = rankChanges(frames, ranges);
  const still = ranked.findIndex(({ change }) => change === 0);
  // Channels that stay as they are say nothing in a strip; of a layer that does, one shows it.
  const changing = ranked.slice(0, Math.min(settings.rows, Math.max(1, still < 0 ? ranked.length : still)));
  const layer = describeLayer(film, ranges, settings);
  const texts = { ...film.texts, Layer: name, Scale: settings.scale };
  const { duration } = settings;
  const movie = {
    frames: frames.map((frame, index) => ({
      raster: renderFilmFrame(layer, decodeLayer(frame), epochs[index]?.words ?? ''),
      durationMs: index === frames.length - 1 ? lastIsLonger * duration : duration,
    })),
  };
  const base = fileBase(name, position);
  const files = [
    { name: `${base}.webp`, content: await encodeAnimatedWebp(movie) },
    { name: `${base}.apng`, content: await encodeApng(movie, texts) },
    { name: `${base}-strip.png`, content: encodePng(drawStrip(film, layer, changing), texts) },
  ];
  return { name, kind, ranges, changing, files };
}

function describeLayer(film: LayerFilm, ranges: FilmLayer['ranges'], settings: TimelapseSettings): FilmLayer {
  const { scale, colormap, columns, tile } = settings;
  const { name } = film.frames[0] as FrameLayer;
  const isConstant = ({ min, max, codes }: FrameLayer['channels'][number]) =>
    min === max && !codes.includes(nonValueCode);
  return {
    title: `${name}${film.about}`,
    photograph: film.photograph,
    ranges,
    isShared: scale === 'layer',
    hasConstant: film.frames.some(({ channels }) => channels.some(isConstant)),
    ...{ colormap, columns, tile },
  };
}

function drawStrip({ frames, epochs }: LayerFilm, layer: FilmLayer, changing: TimelapseLayer['changing']): Raster {
  const shown = spreadOut([...frames.keys()], stripEpochs);
  const planes = shown.map((index) => decodeLayer(frames[index] as FrameLayer));
  const rows = changing.map(({ channel }) => ({ channel, planes: planes.map((all) => all[channel] as Plane) }));
  const subtitle = `the ${rows.length} of ${layer.ranges.length} channels that change most, a column for each epoch`;
  return renderFilmStrip(layer, rows, { epochs: shown.map((index) => epochs[index]?.name ?? ''), subtitle });
}
