// Sparsity and class separation, layer by layer.

import { isPooling } from '../../channels/is-pooling.js';
import type { LayerMetrics } from '../../channels/report.js';
import { namesInChart } from './chart-names.js';
import { ink, seriesColors, seriesDashes } from './chart-style.js';
import { subtitleLines } from './chart-text.js';
import type { Chart, Panel } from './draw-chart.js';

/** Height of a panel, and how wide a layer is at least, pixels. */
const panelHeight = 210;
const [layerWidth, smallestWidth] = [58, 360];

/**
 * How sparse the layers are, and how well their channels separate the classes, from the first to the last.
 *
 * @param source of which network on which images, in words
 */
export function chartDepth(measured: readonly LayerMetrics[], source: readonly string[]): Chart {
  const names = namesInChart(measured.map(({ name }) => name));
  const layers = measured.map((layer, index) => ({ ...layer, name: names[index] as string }));
  const separated = layers.filter(({ separation }) => separation !== null);
  const width = Math.max(smallestWidth, layers.length * layerWidth);
  // A sigmoid is never 0: of it, sparsity says nothing.
  const sparse = layers.filter(({ range }) => range === null);
  const sparsity = sparse.flatMap(({ name, kind, sparsity, silentFraction }) => [
    { layer: name, pools: isPooling(kind), value: sparsity, series: 'values at 0 or below' },
    { layer: name, pools: isPooling(kind), value: silentFraction, series: 'channels silent on an image' },
  ]);
  const separation = separated.flatMap(({ name, kind, separation }) => [
    { layer: name, pools: isPooling(kind), value: separation?.best ?? 0.5, series: 'best channel' },
    { layer: name, pools: isPooling(kind), value: separation?.median ?? 0.5, series: 'median channel' },
  ]);
  const panels = [drawPanel('share of all', sparsity, [0, 1], names, width)];
  if (separated.length > 0) panels.push(drawPanel('AUC of one channel', separation, [0.5, 1], names, width));
  return {
    title: {
      text: separated.length > 0 ? 'Sparsity and class separation by depth' : 'Sparsity by depth',
      subtitle: subtitleLines(
        source,
        layers.some(({ kind }) => isPooling(kind))
          ? 'layers in network order; hollow, with thin lines: pooling'
          : 'layers in network order',
      ),
      offset: 22,
    },
    spacing: 26,
    resolve: { scale: { color: 'independent', strokeDash: 'independent' } },
    vconcat: panels,
  };
}

function drawPanel(
  title: string,
  values: readonly { layer: string; pools: boolean; value: number; series: string }[],
  domain: [number, number],
  layers: readonly string[],
  width: number,
): Panel {
  const series = [...new Set(values.map((each) => each.series))];
  const legend = {
    title: null,
    orient: 'top',
    direction: 'horizontal',
    offset: 8,
    symbolSize: 130,
    symbolStrokeWidth: 0,
  } as const;
  const [first = ink, second = ink] = domain[0] === 0 ? seriesColors : seriesColors.slice(2);
  const strokeDash = { field: 'series', scale: { domain: series, range: seriesDashes.slice(0, 2) }, legend } as const;
  return {
    width,
    height: panelHeight,
    data: { values: [...values] },
    encoding: {
      x: {
        field: 'layer',
        type: 'nominal',
        sort: [...layers],
        scale: { domain: [...layers] },
        title: null,
        axis: { labelAngle: -35, grid: false },
      },
      y: { field: 'value', type: 'quantitative', title, scale: { domain, nice: false }, axis: { tickCount: 6 } },
      color: { field: 'series', scale: { domain: series, range: [first, second] }, legend },
    },
    layer: [
      {
        // Pooling takes zeros away: in one line with what it pools, it would only draw a zigzag.
        transform: [{ filter: '!datum.pools' }],
        mark: { type: 'line', strokeWidth: 2 },
        encoding: { strokeDash },
      },
      {
        transform: [{ filter: 'datum.pools' }],
        mark: { type: 'line', strokeWidth: 0.9 },
        encoding: { strokeDash },
      },
      {
        transform: [{ filter: '!datum.pools' }],
        mark: { type: 'point', size: 44, filled: true, opacity: 1 },
      },
      {
        transform: [{ filter: 'datum.pools' }],
        mark: { type: 'point', size: 40, fill: 'white', strokeWidth: 1.6, opacity: 1 },
      },
    ],
  };
}
