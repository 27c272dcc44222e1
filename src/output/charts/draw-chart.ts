import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type { TopLevelSpec } from 'vega-lite';
import type { Raster } from '../../base/raster.js';
import { characterWidth, chartStyle } from './chart-style.js';

declare module 'vega' {
  /** Exported, but missing in Vega's types. */
  const textMetrics: { width(style: { fontSize: number }, text: unknown): number };
}

/** A chart as Vega-Lite describes one. */
export type Chart = TopLevelSpec;

/** One of the charts that stand below each other. */
export type Panel = Extract<Chart, { vconcat: unknown }>['vconcat'][number];

type Renderer = (svg: string, zoom: number) => Raster;

let renderer: Promise<Renderer> | undefined;

/**
 * Draws a chart. The layout, the font and the program that fills the pixels (one WebAssembly module for all machines) come
 * with the package and nothing is asked of the machine, so the same chart gives the same pixels everywhere.
 *
 * @param zoom pixels of the picture for one of the chart
 */
export async function drawChart(chart: Chart, zoom = 2): Promise<Raster> {
  const [{ parse, resetSVGDefIds, textMetrics, View }, { compile }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
  ]);
  // Else Vega asks the machine's fonts where the package canvas is installed, and where not it guesses .8 a character.
  textMetrics.width = (style, text) => style.fontSize * characterWidth * String(text).length;
  resetSVGDefIds();
  const { spec } = compile(chart, { config: chartStyle });
  const view = new View(parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return withoutOptimizing(async () => {
    renderer ??= openRenderer();
    return (await renderer)(svg, zoom);
  });
}

async function openRenderer(): Promise<Renderer> {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  const require = createRequire(import.meta.url);
  await initWasm(await fs.readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fontBuffers = await Promise.all([
    fs.readFile(require.resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf')),
    fs.readFile(require.resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf')),
  ]);
  const font = { fontBuffers, loadSystemFonts: false, defaultFontFamily: chartStyle.font };
  return (svg, zoom) => {
    const drawing = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: zoom } });
    const image = drawing.render();
    const { width, height, pixels } = image;
    const raster = { width, height, data: new Uint8ClampedArray(pixels) };
    image.free();
    drawing.free();
    return raster;
  };
}

/**
 * Compiles and runs WebAssembly without V8's optimizer. For the few pictures of a process that takes more CPU time than
 * drawing them does, and 70 MB on top of all that training needs.
 */
async function withoutOptimizing<T>(draw: () => Promise<T>): Promise<T> {
  setFlagsFromString('--liftoff-only');
  try {
    return await draw();
  } finally {
    setFlagsFromString('--no-liftoff-only');
    setFlagsFromString('--wasm-tier-up'); // the first flag switched it off as well
  }
}
