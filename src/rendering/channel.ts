import { measurePlanes, type Plane, type PlaneStatistics } from '../plane.js';
import type { Raster } from '../raster.js';
import { numberedBar } from './color-bar.js';
import { type ColormapName, getColormap } from './colormap.js';
import { formatShape } from './format.js';
import { chooseScale, type Normalization, normalizeValues } from './normalize.js';
import { explainMarks, isConstant } from './notes.js';
import { renderPage } from './page.js';
import { crossOut, enlargement, paintMap } from './tile.js';

export interface ChannelOptions {
  /** the layer's name */
  title: string;
  /** the channel's number in its layer, from 0 */
  channel: number;
  plane: Plane;
  /** a single channel has its own scale: by mean and standard deviation, or from its smallest to its largest value */
  normalize: Exclude<Normalization, 'layer'>;
  /** pixels: the longer side comes as near to it as a whole factor brings it; never made smaller */
  size: number;
  colormap: ColormapName;
}

export interface ChannelPicture {
  raster: Raster;
  statistics: PlaneStatistics;
}

/** One channel, large, with numbers at its color bar. */
export function renderChannel(options: ChannelOptions): ChannelPicture {
  const { plane, normalize } = options;
  const colormap = getColormap(options.colormap);
  const statistics = measurePlanes([plane]);
  const scale = chooseScale(normalize, statistics, statistics);
  const factor = enlargement(plane.width, plane.height, options.size);
  const cell = { width: plane.width * factor, height: plane.height * factor };
  const raster = renderPage({
    title: `${options.title}, channel ${options.channel}`,
    subtitle: formatShape([plane.height, plane.width]),
    bar: numberedBar(normalize === 'zscore' ? 'mean \u00b1 2\u03c3' : 'min to max', scale, colormap),
    cells: { count: 1, columns: 1, ...cell },
    numbered: false,
    notes: explainMarks([statistics], options.channel, colormap),
    paintCell(target, _index, x, y) {
      const indexes = normalizeValues(plane.values, scale);
      paintMap(target, { width: plane.width, height: plane.height, indexes }, x, y, factor, colormap);
      if (isConstant(statistics)) crossOut(target, x, y, cell.width, cell.height);
    },
  });
  return { raster, statistics };
}
