// A layer's maps as one picture.

import { badArgument } from '../base/errors.js';
import type { Plane, PlaneStatistics } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { combineRanges, layerBar, paintChannel } from './channel-tile.js';
import { type ColormapName, getColormap } from './colormap.js';
import { formatShape } from './format-shape.js';
import { arrangeMaps, cellsWidth, type Frame } from './frame.js';
import { chooseScale, type Scaling } from './normalize.js';
import { explainMarks } from './notes.js';
import { renderPage } from './page.js';
import { planStrengthLines } from './strength-line.js';
import { renderStrip } from './strip.js';
import { textUnit } from './style.js';

export interface LayerGridOptions {
  /** the layer's name */
  title: string;
  /** as Keras gives it, with the batch: [1, height, width, channels] */
  shape: readonly number[];
  /** one for each channel, all of one size */
  planes: readonly Plane[];
  /** of each plane */
  statistics: readonly PlaneStatistics[];
  scaling: Scaling;
  /** of a Flatten: the shape of the maps that its units come from */
  flattened?: readonly number[] | null;
  /** tiles per row; fewer where maps are large */
  columns: number;
  /** pixels: maps are enlarged by the whole factor that comes nearest to it; they are never made smaller */
  tile: number;
  colormap: ColormapName;
  /** of all pictures of the call */
  frame?: Frame;
  /** the image, to be shown small */
  photograph?: Raster;
  /** what is to be said below */
  sentences: readonly string[];
}

/** All channels of one layer, a tile each, in their order. Throws BAD_ARGUMENT for no planes or an unknown colormap. */
export function renderLayerGrid(options: LayerGridOptions): Raster {
  const { planes, statistics, scaling, sentences } = options;
  const [first] = planes;
  if (first === undefined) throw badArgument('planes', 'at least one channel', 'none');
  if (first.values.length === 1) return renderSingleValues(options);
  const colormap = getColormap(options.colormap);
  const layer = combineRanges(statistics, first.values.length);
  const { width, height } = first;
  const { factor, ...tiles } = arrangeMaps({ width, height, count: planes.length }, options);
  const unit = options.frame?.unit ?? textUnit(cellsWidth(tiles));
  const lines = planStrengthLines(scaling, layer, unit);
  const scaleOf = (channel: PlaneStatistics) => chooseScale(scaling, channel, layer);
  return renderPage({
    title: options.title,
    subtitle: formatShape(options.shape),
    bar: layerBar(scaling, { layer, shown: statistics, size: width * height }, colormap),
    cells: { ...tiles, height: tiles.height + lines.room },
    ...(options.frame && { frame: options.frame }),
    ...(options.photograph && { photograph: options.photograph }),
    numbered: 'running',
    notes: [...explainMarks(statistics, [...planes.keys()], scaleOf, colormap), ...sentences.map((text) => ({ text }))],
    paintCell(target, index, x, y) {
      const own = statistics[index] as PlaneStatistics;
      const channel = { plane: planes[index] as Plane, statistics: own, scale: scaleOf(own) };
      paintChannel(target, channel, { x, y, factor }, colormap);
      lines.paint(target, own, { x, y: y + tiles.height, width: tiles.width });
    },
  });
}

/** Maps of one value each have nothing to show but how they compare. */
function renderSingleValues({ planes, ...options }: LayerGridOptions): Raster {
  const values = Float32Array.from(planes, (plane) => plane.values[0] as number);
  return renderStrip({ ...options, values });
}
