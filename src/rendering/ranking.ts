// A layer's strongest channels in order, with their numbers and values.

import { formatNumber, formatSigned } from '../base/numbers.js';
import { measurePlanes, type Plane, type PlaneStatistics } from '../base/plane.js';
import type { Raster } from '../base/raster.js';
import { combineRanges, layerBar, paintChannel } from './channel-tile.js';
import { type ColorBar, numberedBar } from './color-bar.js';
import { type Colormap, type ColormapName, getColormap } from './colormap.js';
import { type Arrangement, arrangeMaps, cellsWidth, type Frame } from './frame.js';
import { chooseScale, type Range, type Scale, type Scaling } from './normalize.js';
import { explainMarks } from './notes.js';
import { renderPage } from './page.js';
import { layOutRankingTable, type RankedRow } from './ranking-table.js';
import { planStrengthLines } from './strength-line.js';
import { captionUnits, scaleUnits } from './strip.js';
import { textUnit } from './style.js';
import { textWidth } from './text.js';

export interface RankingOptions {
  /** the layer's name */
  title: string;
  /** by what its channels were ranked */
  subtitle: string;
  /** of the whole layer, all of one size */
  planes: readonly Plane[];
  /** of each plane */
  statistics: readonly PlaneStatistics[];
  /** the channels to show, in their order */
  ranked: readonly RankedRow[];
  /** what they were ranked by, in words */
  by: string;
  /** whether values speak for or against something: each has its sign then */
  signed?: boolean;
  scaling: Scaling;
  /** pixels: maps are enlarged by the whole factor that comes nearest to it; they are never made smaller */
  tile: number;
  colormap: ColormapName;
  /** tiles per row; default 8 */
  columns?: number;
  /** whether a table below says more of each channel; default true */
  hasTable?: boolean;
  /** of all pictures of the call */
  frame?: Frame;
  /** the image, to be shown small */
  photograph?: Raster;
  /** what is to be said below */
  sentences: readonly string[];
}

/**
 * How a ranking's tiles are arranged.
 *
 * @param shape without the batch: [height, width, channels] or [units]
 */
export function arrangeRanking(
  shape: readonly number[],
  { count, tile, columns = 8 }: { count: number; tile: number; columns?: number },
): Arrangement & { factor: number } {
  const [height = 1, width = 1] = shape.length === 3 ? shape : [];
  return arrangeMaps({ width, height, count: Math.min(count, shape.at(-1) ?? 1) }, { columns, tile });
}

/** Some channels of a layer in their order of rank, each with its number and what it was ranked by. */
export function renderRanking(options: RankingOptions): Raster {
  const { title, subtitle, planes, statistics, ranked, sentences, columns, hasTable = true } = options;
  const [first] = planes as [Plane];
  const colormap = getColormap(options.colormap);
  const maps = arrangeRanking([first.height, first.width, planes.length], {
    count: ranked.length,
    tile: options.tile,
    ...(columns !== undefined && { columns }),
  });
  const { factor } = maps;
  const format = options.signed ? formatSigned : formatNumber;
  const captions = ranked.map(({ channel, value }) => `${channel}: ${format(value)}`);
  const unit = options.frame?.unit ?? textUnit(cellsWidth(maps));
  const width = Math.max(maps.width, ...captions.map((caption) => textWidth(caption, unit) + 3 * unit));
  const numbers = ranked.map(({ channel }) => channel);
  const shown = numbers.map((channel) => statistics[channel] as PlaneStatistics);
  const areUnits = first.values.length === 1;
  const layer = combineRanges(statistics, first.values.length);
  const { bar, measuresOf } = areUnits
    ? scaleSingleValues(options, colormap)
    : scaleMaps(options, shown, layer, colormap);
  const lines = planStrengthLines(areUnits ? 'layer' : options.scaling, layer, unit);
  const marks = areUnits ? [] : explainMarks(shown, numbers, (channel) => measuresOf(channel).scale, colormap);
  return renderPage({
    title,
    subtitle,
    bar,
    cells: { ...maps, width, height: maps.height + lines.room },
    ...(options.frame && { frame: options.frame }),
    ...(options.photograph && { photograph: options.photograph }),
    numbered: false,
    captions,
    ...(hasTable && {
      table: layOutRankingTable(ranked, {
        by: options.by,
        signed: options.signed === true,
        unit,
        noun: areUnits ? 'unit' : 'channel',
        ...(options.frame && { room: options.frame.width }),
      }),
    }),
    notes: [...marks, ...sentences.map((text) => ({ text }))],
    paintCell(target, index, x, y) {
      const plane = planes[numbers[index] as number] as Plane;
      const left = x + Math.floor((width - maps.width) / 2);
      const channel = { plane, ...measuresOf(shown[index] as PlaneStatistics) };
      paintChannel(target, channel, { x: left, y, factor }, colormap);
      lines.paint(target, shown[index] as PlaneStatistics, { x: left, y: y + maps.height, width: maps.width });
    },
  });
}

interface Scales {
  bar: ColorBar;
  measuresOf(channel: PlaneStatistics): { statistics: PlaneStatistics; scale: Scale };
}

function scaleMaps(
  { planes, scaling }: RankingOptions,
  shown: PlaneStatistics[],
  layer: Range,
  colormap: Colormap,
): Scales {
  return {
    bar: layerBar(scaling, { layer, shown, size: (planes[0] as Plane).values.length }, colormap),
    measuresOf: (channel) => ({ statistics: channel, scale: chooseScale(scaling, channel, layer) }),
  };
}

/** Single values have nothing to show but how they compare: all of a layer share one scale. */
function scaleSingleValues({ planes, scaling }: RankingOptions, colormap: Colormap): Scales {
  const statistics = measurePlanes(planes);
  const scale = scaleUnits(scaling, statistics);
  return {
    bar: numberedBar(captionUnits(scaling, statistics), scale, colormap, statistics),
    measuresOf: () => ({ statistics, scale }),
  };
}
