import { badArgument } from '../errors.js';
import { measurePlanes, type Plane, type PlaneStatistics } from '../plane.js';
import type { Raster } from '../raster.js';
import { numberedBar, perChannelBar } from './color-bar.js';
import { type ColormapName, getColormap } from './colormap.js';
import { formatShape } from './format.js';
import { chooseScale, type Normalization, normalizeValues, type Range, rangeScale } from './normalize.js';
import { explainMarks, isConstant } from './notes.js';
import { renderPage } from './page.js';
import { renderStrip } from './strip.js';
import { crossOut, enlargement, paintMap } from './tile.js';

export interface LayerGridOptions {
  /** the layer's name */
  title: string;
  /** as Keras gives it, with the batch: [1, height, width, channels] */
  shape: readonly number[];
  /** one for each channel, all of one size */
  planes: readonly Plane[];
  normalize: Normalization;
  /** tiles a row */
  columns: number;
  /** pixels: maps are enlarged by the whole factor that comes nearest to it; they are never made smaller */
  tile: number;
  colormap: ColormapName;
}

export interface LayerPicture {
  raster: Raster;
  /** statistics of each plane, in their order */
  channels: PlaneStatistics[];
}

/** All channels of one layer, a tile each, in their order. Throws BAD_ARGUMENT for no planes or an unknown colormap. */
export function renderLayerGrid(options: LayerGridOptions): LayerPicture {
  const { planes, normalize } = options;
  const [first] = planes;
  if (first === undefined) throw badArgument('planes', 'at least one channel', 'none');
  const colormap = getColormap(options.colormap);
  const channels = planes.map((plane) => measurePlanes([plane]));
  if (first.values.length === 1) return { raster: renderSingleValues(options), channels };
  const layer = combineRanges(channels, first.values.length);
  const factor = enlargement(first.width, first.height, options.tile);
  const cell = { width: first.width * factor, height: first.height * factor };
  const raster = renderPage({
    title: options.title,
    subtitle: formatShape(options.shape),
    bar:
      normalize === 'layer'
        ? numberedBar('all channels: one scale', rangeScale(layer), colormap)
        : perChannelBar(normalize, colormap),
    cells: { count: planes.length, columns: options.columns, ...cell },
    numbered: true,
    notes: explainMarks(channels, 0, colormap),
    paintCell(target, index, x, y) {
      const plane = planes[index] as Plane;
      const statistics = channels[index] as PlaneStatistics;
      const indexes = normalizeValues(plane.values, chooseScale(normalize, statistics, layer));
      paintMap(target, { width: plane.width, height: plane.height, indexes }, x, y, factor, colormap);
      if (isConstant(statistics)) crossOut(target, x, y, cell.width, cell.height);
    },
  });
  return { raster, channels };
}

/** The range of a whole layer; channels without a single finite value have none. `size`: values a channel. */
function combineRanges(channels: readonly PlaneStatistics[], size: number): Range {
  const measured = channels.filter(({ nonFiniteCount }) => nonFiniteCount < size);
  if (measured.length === 0) return { min: 0, max: 0 };
  return { min: Math.min(...measured.map(({ min }) => min)), max: Math.max(...measured.map(({ max }) => max)) };
}

/** Maps of one value each have nothing to show but how they compare. */
function renderSingleValues({ title, shape, planes, normalize, colormap }: LayerGridOptions): Raster {
  const values = Float32Array.from(planes, (plane) => plane.values[0] as number);
  return renderStrip({ title, shape, values, normalize, colormap }).raster;
}
