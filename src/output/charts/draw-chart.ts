// A chart to pixels, by Vega-Lite, Vega and librsvg.

import type { TopLevelSpec } from 'vega-lite';
import type { Raster } from '../../base/raster.js';
import { chartStyle } from './chart-style.js';
import { measureText, outlineTexts, toFontWeight } from './chart-text.js';

declare module 'vega' {
  /** Exported, but missing in Vega's types. */
  const textMetrics: { width(style: { fontSize: number; fontWeight?: unknown }, text: unknown): number };
}

/** A chart as Vega-Lite describes one. */
export type Chart = TopLevelSpec;

/** One of the charts that stand below each other. */
export type Panel = Extract<Chart, { vconcat: unknown }>['vconcat'][number];

/**
 * Draws a chart. Layout and letters come with the package and nothing is asked of the machine, so the same chart looks the
 * same everywhere.
 *
 * @param zoom pixels of the picture for one of the chart
 */
export async function drawChart(chart: Chart, zoom = 2): Promise<Raster> {
  const [svg, { default: sharp }] = await Promise.all([drawSvg(chart), import('sharp')]);
  // an SVG's pixels are 1/72 inch for sharp
  const picture = sharp(Buffer.from(outlineTexts(svg)), { density: 72 * zoom, unlimited: true }).ensureAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/** A chart as an SVG, with text as text. Charts must not limit the length of labels: Vega would cut them when it knows other widths. */
export async function drawSvg(chart: Chart): Promise<string> {
  const [{ parse, textMetrics, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new View(parse(compile(chart, { config: chartStyle }).spec), { renderer: 'none' });
  // Vega would ask the machine's fonts where the package canvas is installed, and guess where not. Others in the process may
  // use Vega too: it measures our way only while this chart is laid out, which nothing can interrupt.
  const { width } = textMetrics;
  textMetrics.width = ({ fontSize, fontWeight }, text) => measureText(String(text), fontSize, toFontWeight(fontWeight));
  try {
    view.run();
  } finally {
    textMetrics.width = width;
  }
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}
