// A layer through the epochs of a training: a picture for each, all of one size, and a strip of them all.

import { measurePlanes, type Plane } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { paintChannel } from './channel-tile.js';
import { type ColorBar, minmaxBar, numberedBar } from './color-bar.js';
import { type Colormap, type ColormapName, getColormap } from './colormap.js';
import { arrangeMaps } from './frame.js';
import { type Range, rangeScale } from './normalize.js';
import { crossSample } from './notes.js';
import { measurePage, type Note, renderPage } from './page.js';
import { reduction, shrinkPlane, shrunkSize } from './shrink.js';

/** One layer of a film, and how it is scaled: the same for all epochs. */
export interface FilmLayer {
  /** the layer's name, and of what it is */
  title: string;
  photograph: Raster;
  /** which epoch each of its pictures shows, in words */
  subtitles: readonly string[];
  /** of each channel over all epochs */
  ranges: readonly Range[];
  /** whether all channels share a scale, from the smallest to the largest value of the layer; else each has its own */
  isShared: boolean;
  /** whether some channel holds one value only at some epoch */
  hasConstant: boolean;
  colormap: ColormapName;
  columns: number;
  /** pixels: maps come near to it, larger ones as means of squares */
  tile: number;
}

/** The layer at one of its epochs. @param planes one a channel @param epoch index of its subtitle */
export function renderFilmFrame(layer: FilmLayer, planes: readonly Plane[], epoch: number): Raster {
  const small = shrink(planes, layer.tile);
  const colormap = getColormap(layer.colormap);
  const { factor, page } = framePage(layer, planes[0] as Plane, epoch);
  return renderPage({
    ...page,
    paintCell: (target, index, x, y) => {
      paintTile(target, small[index] as Plane, rangeOf(layer, index), { x, y, factor }, colormap);
    },
  });
}

/** How large each of its pictures becomes, pixels. @param map the size of its maps */
export function measureFilmFrame(layer: FilmLayer, map: MapSize): { width: number; height: number } {
  return measurePage(framePage(layer, map, 0).page);
}

type MapSize = Omit<Plane, 'values'>;

/** A picture without its cells, and the factor that these are enlarged by. */
function framePage(layer: FilmLayer, map: MapSize, epoch: number) {
  const colormap = getColormap(layer.colormap);
  const small = shrunkSize(map, reduction(map.width, map.height, layer.tile));
  const { factor, ...cells } = arrangeMaps({ ...small, count: layer.ranges.length }, layer);
  const { title, photograph, subtitles } = layer;
  const page = {
    ...{ title, photograph, subtitles, subtitle: subtitles[epoch] as string, bar: filmBar(layer, colormap), cells },
    ...{ numbered: 'running' as const, notes: filmNotes(layer, map, colormap) },
  };
  return { factor, page };
}

/** One channel of a strip, at each of its epochs. */
export interface StripRow {
  /** in its layer, from 0 */
  channel: number;
  planes: readonly Plane[];
}

/** Some channels of a layer as rows, a column for each epoch that is shown. @param epochs what the columns are called */
export function renderFilmStrip(
  layer: FilmLayer,
  rows: readonly StripRow[],
  { epochs, subtitle }: { epochs: readonly string[]; subtitle: string },
): Raster {
  const tiles = rows.flatMap(({ planes }) => shrink(planes, layer.tile));
  const colormap = getColormap(layer.colormap);
  const columns = epochs.length;
  const first = tiles[0] as Plane;
  const { factor, ...cells } = arrangeMaps({ ...first, count: tiles.length }, { columns, tile: layer.tile });
  const names = rows.map(({ channel }) => `#${channel}`);
  return renderPage({
    title: layer.title,
    subtitle,
    photograph: layer.photograph,
    bar: filmBar(layer, colormap),
    cells: { ...cells, columns, rowNames: { names, group: 1 }, columnNames: epochs },
    numbered: 'table',
    notes: filmNotes(layer, rows[0]?.planes[0] as Plane, colormap),
    paintCell: (target, index, x, y) => {
      const { channel } = rows[Math.floor(index / columns)] as StripRow;
      paintTile(target, tiles[index] as Plane, rangeOf(layer, channel), { x, y, factor }, colormap);
    },
  });
}

function shrink(planes: readonly Plane[], tile: number): Plane[] {
  return planes.map((plane) => shrinkPlane(plane, reduction(plane.width, plane.height, tile)));
}

function paintTile(
  target: Raster,
  plane: Plane,
  range: Range,
  place: { x: number; y: number; factor: number },
  colormap: Colormap,
): void {
  paintChannel(target, { plane, statistics: measurePlanes([plane]), scale: rangeScale(range) }, place, colormap);
}

function rangeOf({ ranges, isShared }: FilmLayer, channel: number): Range {
  return isShared ? wholeRange(ranges) : (ranges[channel] as Range);
}

function wholeRange(ranges: readonly Range[]): Range {
  return { min: Math.min(...ranges.map(({ min }) => min)), max: Math.max(...ranges.map(({ max }) => max)) };
}

function filmBar({ ranges, isShared }: FilmLayer, colormap: Colormap): ColorBar {
  if (isShared) return numberedBar('all channels, all epochs: one scale', rangeScale(wholeRange(ranges)), colormap);
  return { ...minmaxBar(colormap), caption: 'each channel: min to max over all epochs' };
}

/** The same on all frames, so that they are of one size. */
function filmNotes(layer: FilmLayer, { width, height }: MapSize, colormap: Colormap): Note[] {
  const notes: Note[] = [];
  const sample = crossSample(0, rangeScale({ min: 0, max: 1 }), colormap);
  if (layer.hasConstant) notes.push({ text: 'crossed out: the same value everywhere', paintSample: sample });
  const factor = reduction(width, height, layer.tile);
  if (factor > 1) {
    notes.push({ text: `maps of ${width} x ${height}: each square is the mean of ${factor} x ${factor} values` });
  }
  return notes;
}
