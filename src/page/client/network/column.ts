// A layer in the network's drawing: its strongest maps one above the other, or its units as bars.

import type { LayerData } from '../../image-data.js';
import type { NetworkLayerData } from '../../page-data.js';
import { texts } from '../../texts/en.js';
import { orderChannels } from '../channel-order.js';
import type { LayerMaps } from '../layer-maps.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { colorChannel } from '../paint.js';

/** Maps of a column. */
const mapsAtMost = 5;

/** Of a drawing that the style sheet enlarges: a map's width, and what is between two. */
const size = 44;
const gap = 3;

interface Column {
  layer: NetworkLayerData;
  found: LayerData;
  image: PageImage;
  page: Page;
}

/** What a column shows, in words. */
export function describeColumn({ kind }: NetworkLayerData, found: LayerData): string {
  if (kind === 'InputLayer') return texts.network.inputMap;
  if (found.units !== undefined) return texts.network.units(found.units.length);
  return texts.network.strongest(strongest(found));
}

/** Those that add most to the score, or that have the largest values. */
function strongest(layer: LayerData): number[] {
  return orderChannels(layer, layer.contribution === undefined ? 'max' : 'contribution').slice(0, mapsAtMost);
}

export async function paintColumn(canvas: HTMLCanvasElement, column: Column): Promise<void> {
  const { layer, found, image, page } = column;
  if (found.units !== undefined) paintBars(canvas, found.units);
  else {
    const maps = await image.readLayer(layer.name).catch(() => undefined);
    // Meanwhile the image may have others.
    if (image.findLayer(layer.name) !== found) return;
    if (maps === undefined) reserveColumn(canvas, layer, found);
    else if (layer.kind === 'InputLayer') paintInput(canvas, maps, page.data.inputOrder === 'bgr');
    else paintMaps(canvas, maps, page);
  }
  canvas.dataset.painted = '';
}

/** Gives a canvas the shape that it will have: what stands after it then stays where it is. */
export function reserveColumn(canvas: HTMLCanvasElement, { kind }: NetworkLayerData, found: LayerData): void {
  const isSingle = kind === 'InputLayer' || found.units !== undefined;
  if (kind === 'InputLayer') Object.assign(canvas, { width: found.width, height: found.height });
  else if (found.units === undefined) {
    const { totalWidth: width, totalHeight: height } = layOut(found);
    Object.assign(canvas, { width, height });
  }
  canvas.style.setProperty('--maps', String(isSingle ? 1 : Math.min(mapsAtMost, found.min.length)));
}

/** Pixels of the canvas to one of the drawing. */
function zoomOf(canvas: HTMLCanvasElement, width: number): number {
  return Math.max(1, devicePixelRatio) * Math.max(1, canvas.clientWidth / width);
}

/** In a narrow window layers lie one below the other, and their maps side by side. */
function layOut({ width, height, min }: LayerData) {
  const isRow = matchMedia('(max-width: 760px)').matches;
  const [across, down] = [size, Math.max(1, Math.round((size * height) / width))];
  const length = (side: number) => Math.min(mapsAtMost, min.length) * (side + gap) - gap;
  const [totalWidth, totalHeight] = isRow ? [length(across), down] : [across, length(down)];
  return { isRow, across, down, totalWidth, totalHeight };
}

function paintMaps(canvas: HTMLCanvasElement, maps: LayerMaps, { ramps }: Page): void {
  const { width, height } = maps.layer;
  const { isRow, across, down, totalWidth, totalHeight } = layOut(maps.layer);
  const zoom = zoomOf(canvas, totalWidth);
  Object.assign(canvas, { width: totalWidth * zoom, height: totalHeight * zoom });
  const scratch = document.createElement('canvas');
  Object.assign(scratch, { width, height });
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(zoom, zoom);
  context.imageSmoothingEnabled = width > across * zoom;
  strongest(maps.layer).forEach((number, index) => {
    scratch.getContext('2d')?.putImageData(colorChannel({ maps, number, scale: 'strength' }, ramps), 0, 0);
    const [x, y] = isRow ? [index * (across + gap), 0] : [0, index * (down + gap)];
    context.drawImage(scratch, x, y, across, down);
  });
}

/** The image as the network gets it, in its colors. */
function paintInput(canvas: HTMLCanvasElement, { layer, channels }: LayerMaps, isReversed: boolean): void {
  const { width, height } = layer;
  Object.assign(canvas, { width, height });
  const picture = new ImageData(width, height);
  const order = channels.length < 3 ? [0, 0, 0] : isReversed ? [2, 1, 0] : [0, 1, 2];
  for (let index = 0; index < width * height; index++) {
    order.forEach((channel, part) => {
      picture.data[index * 4 + part] = channels[channel]?.steps[index] ?? 0;
    });
    picture.data[index * 4 + 3] = 255;
  }
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
}

/** Units from above to below; where several share a row of pixels the one farthest from 0. */
function paintBars(canvas: HTMLCanvasElement, units: readonly (number | null)[]): void {
  const rows = Math.min(units.length, mapsAtMost * (size + gap) - gap);
  const thickness = Math.max(1, Math.min(12, Math.floor((mapsAtMost * (size + gap)) / rows)));
  const zoom = zoomOf(canvas, size);
  Object.assign(canvas, { width: size * zoom, height: rows * thickness * zoom });
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(zoom, zoom);
  const values = units.map((value) => value ?? 0);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const length = high > low ? size / (high - low) : 0;
  context.fillStyle = getComputedStyle(canvas).color;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row, row + 1].map((end) => Math.floor((end * values.length) / rows)) as [number, number];
    const value = values.slice(from, to).reduce((far, each) => (Math.abs(each) > Math.abs(far) ? each : far), 0);
    const [left, right] = [Math.min(0, value), Math.max(0, value)].map((end) => (end - low) * length) as [
      number,
      number,
    ];
    context.fillRect(left, row * thickness, right - left, Math.max(1, thickness - 1));
  }
}
