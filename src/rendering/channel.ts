// One channel, enlarged, with a labeled color bar.

import type { Plane, PlaneStatistics } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { paintChannel } from './channel-tile.js';
import { numberedBar } from './color-bar.js';
import { type ColormapName, getColormap } from './colormap.js';
import { formatShape } from './format-shape.js';
import { frameOf } from './frame.js';
import { chooseScale, type Range, type Scaling } from './normalize.js';
import { explainMarks } from './notes.js';
import { renderPage } from './page.js';
import { enlargement } from './tile.js';

export interface ChannelOptions {
  /** the layer's name */
  title: string;
  /** what follows in the title: of which image, by which network */
  about?: string;
  /** the channel's number in its layer, from 0 */
  channel: number;
  plane: Plane;
  statistics: PlaneStatistics;
  /** a single channel has its own scale, or one given; not that of its layer */
  scaling: Exclude<Scaling, 'layer'>;
  /** the range of all its layer's channels; absent: its own */
  layer?: Range;
  /** pixels: the longer side comes as near to it as a whole factor brings it; never made smaller */
  size: number;
  colormap: ColormapName;
  /** what is to be said below */
  sentences: readonly string[];
}

/** One channel, large, with numbers at its color bar. */
export function renderChannel(options: ChannelOptions): Raster {
  const { channel, plane, statistics, scaling } = options;
  const colormap = getColormap(options.colormap);
  const scale = chooseScale(scaling, statistics, options.layer ?? statistics);
  const factor = enlargement(plane.width, plane.height, options.size);
  const cells = { count: 1, columns: 1, width: plane.width * factor, height: plane.height * factor };
  return renderPage({
    title: `${options.title}, channel ${channel}${options.about ?? ''}`,
    subtitle: formatShape([plane.height, plane.width]),
    bar: numberedBar(describeScaling(scaling), scale, colormap, statistics),
    cells,
    ...(options.about && { frame: frameOf([cells]) }),
    numbered: false,
    notes: [
      ...explainMarks([statistics], [channel], () => scale, colormap),
      ...options.sentences.map((text) => ({ text })),
    ],
    paintCell(target, _index, x, y) {
      paintChannel(target, { plane, statistics, scale }, { x, y, factor }, colormap);
    },
  });
}

function describeScaling(scaling: ChannelOptions['scaling']): string {
  if (typeof scaling !== 'string') return scaling.caption;
  return { zscore: 'mean \u00b1 2\u03c3', strength: 'from 0', minmax: 'min to max' }[scaling];
}
