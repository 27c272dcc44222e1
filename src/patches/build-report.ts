// Finds each channel's patches in merged shards, and the order of the channels.

import { createHistogram, type Histogram, mergeHistograms } from '../channels/histogram.js';
import { findDistinguished } from '../channels/measure-channels.js';
import { measureSeparation } from '../channels/separation.js';
import { type CellField, measureSide, type ReceptiveField } from '../engines/contract/receptive-field.js';
import { listPeaks, type PeakTally } from './peaks.js';
import type { ChannelPatches, LayerPatches, Patch, PatchReport, Rectangle } from './report.js';
import type { PatchShard, PeakLayer } from './shard.js';

/** The report before anything is drawn. @param whole all shards, merged */
export function buildPatches(whole: PatchShard): PatchReport {
  const { versions, backend, model, data, classNames, badImageCount, imageCounts, count, preprocessing } = whole;
  const { height, width, interpolation } = preprocessing;
  return {
    format: 'cnnviz-patches',
    formatVersion: 1,
    ...{ versions, backend, model },
    data: {
      path: data.path,
      split: data.split,
      imageCount: imageCounts.reduce((sum, each) => sum + each, 0),
      badImageCount,
    },
    input: { height, width, interpolation },
    classes: classNames.map((className, index) => ({ className, imageCount: imageCounts[index] as number })),
    count,
    layers: whole.layers.map((layer) => listLayer(whole, layer)),
  };
}

function listLayer(whole: PatchShard, { layer, field, peaks }: PeakLayer): LayerPatches {
  const { name, kind, shape } = layer;
  const channels = Array.from({ length: peaks.channels }, (_, channel) => {
    const { tells, auc } = findClass(peaks, channel, whole.classNames.length > 0);
    const patches = listPeaks(peaks, channel).map(({ value, fileIndex, place }): Patch => {
      const { path, classIndex } = whole.files[fileIndex] as PatchShard['files'][string];
      const columns = shape.length === 4 ? (shape[2] as number) : null;
      const cell = columns === null ? null : { row: Math.floor(place / columns), column: place % columns };
      const className = whole.classNames[classIndex] ?? null;
      const seen = clip(seenFully(field, cell, whole.preprocessing), whole.preprocessing);
      return { path, className, value, cell, seen, image: null, tile: null };
    });
    return {
      ...{ channel, tells, auc },
      firingImageCount: peaks.firingImageCounts[channel] as number,
      highestImageCount: peaks.highestImageCounts[channel] as number,
      nonFiniteImageCount: peaks.nonFiniteImageCounts[channel] as number,
      sheet: null,
      patches,
    };
  });
  const power = (each: ChannelPatches) =>
    whole.classNames.length > 0 ? Math.abs((each.auc ?? 0.5) - 0.5) : (each.patches[0]?.value ?? 0);
  return {
    ...{ name, kind, shape },
    field: field && { height: measureSide(field.rows).extent, width: measureSide(field.columns).extent },
    sheets: [],
    channels: channels.sort((a, b) => power(b) - power(a) || a.channel - b.channel),
  };
}

function findClass({ means }: PeakTally, channel: number, hasClasses: boolean) {
  if (!hasClasses) return { tells: null, auc: null };
  const all = createHistogram();
  const own = means.map((ofClass) => ofClass[channel] as Histogram);
  for (const histogram of own) mergeHistograms(all, histogram);
  const areas = own.map((histogram) => ({ auc: measureSeparation(histogram, all)?.auc ?? null }));
  const tells = findDistinguished(areas);
  return { tells, auc: tells === null ? null : (areas[tells]?.auc ?? null) };
}

/**
 * What a cell sees of the input, as if the input went on beyond its borders.
 *
 * @param field null: everything
 */
export function seenFully(
  field: ReceptiveField | null,
  cell: { row: number; column: number } | null,
  { height, width }: { height: number; width: number },
): Rectangle {
  if (field === null || cell === null) return { left: 0, top: 0, width, height };
  const rows = seenSide(field.rows, cell.row, height);
  const columns = seenSide(field.columns, cell.column, width);
  return { left: columns.from, top: rows.from, width: columns.extent, height: rows.extent };
}

function seenSide(cells: readonly CellField[], at: number, size: number): { from: number; extent: number } {
  const { from, to, middle } = cells[at] as CellField;
  if (to <= from) {
    // It sees nothing but padding.
    const extent = Math.max(1, measureSide(cells).extent);
    return { from: -extent, extent };
  }
  // Cut off at one border, a field is as large as its other half says; at both, nothing says how far it goes.
  const low = from === 0 && to < size ? Math.min(0, 2 * middle - to) : from;
  const high = to === size && from > 0 ? Math.max(size, 2 * middle - from) : to;
  return { from: low, extent: high - low };
}

/** The part of a rectangle that lies in a picture of this size. */
export function clip({ left, top, width, height }: Rectangle, size: { width: number; height: number }): Rectangle {
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  const [right, bottom] = [Math.min(size.width, left + width), Math.min(size.height, top + height)];
  return { left: x, top: y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}
