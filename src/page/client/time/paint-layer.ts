// Paints a layer's channels after one epoch into one canvas.

import type { TimeLayer } from '../../time/time-data.js';
import { lastStep, noNumber } from '../../time/time-steps.js';
import { decodeBase64, inflate } from '../bytes.js';
import type { Ramps } from '../ramp.js';

/** Tiles a row, where a tile is then large enough to be seen, and where not. */
const columnCounts = { wide: 8, narrow: 4 };
const narrowBelow = 400;
/** Pixels of the canvas: a tile comes near to it by a whole factor. */
const tileSize = 84;
const gap = 8;
/** Of the channel's number below it, pixels of the screen. */
const fontSize = 12;

type Range = readonly [number, number];

/** @param scaleOf the values of the first and the last color for a channel, by number */
export async function paintTimeLayer(
  canvas: HTMLCanvasElement,
  layer: TimeLayer,
  shown: readonly number[],
  scaleOf: (channel: number) => Range,
  ramps: Ramps,
): Promise<void> {
  const { width, height, channels, ranges, codes } = layer;
  const steps = await inflate(decodeBase64(codes));
  const factor = Math.max(1, Math.round(tileSize / Math.max(width, height)));
  const shownWidth = canvas.parentElement?.clientWidth || Number.POSITIVE_INFINITY;
  const columns = Math.min(shown.length, shownWidth < narrowBelow ? columnCounts.narrow : columnCounts.wide);
  const font = Math.ceil(fontSize * Math.max(1, (columns * (width * factor + gap)) / shownWidth));
  const labelHeight = font + 6;
  const [stepX, stepY] = [width * factor + gap, height * factor + labelHeight + gap];
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  canvas.width = columns * stepX - gap;
  canvas.height = Math.ceil(shown.length / columns) * stepY - gap;
  context.imageSmoothingEnabled = false;
  context.font = `${font}px system-ui, sans-serif`;
  context.textBaseline = 'top';
  context.fillStyle = getComputedStyle(canvas).color;
  const tile = document.createElement('canvas');
  Object.assign(tile, { width, height });
  const pixels = tile.getContext('2d') as CanvasRenderingContext2D;
  shown.forEach((channel, index) => {
    const place = channels.indexOf(channel);
    if (place < 0) return;
    const [x, y] = [(index % columns) * stepX, Math.floor(index / columns) * stepY];
    const colors = colorSteps(ranges[place] as Range, scaleOf(channel), ramps);
    const picture = pixels.createImageData(width, height);
    const values = steps.subarray(place * width * height, (place + 1) * width * height);
    values.forEach((step, at) => void picture.data.set(colors[step] as Uint8ClampedArray, at * 4));
    pixels.putImageData(picture, 0, 0);
    context.drawImage(tile, x, y, width * factor, height * factor);
    context.fillText(String(channel), x, y + height * factor + 3);
  });
}

/** The color of each step of a channel's values; of what is no number the page's own. */
function colorSteps([min, max]: Range, [low, high]: Range, { viridis, nonValue }: Ramps): Uint8ClampedArray[] {
  const colors = Array.from({ length: lastStep + 1 }, (_, step) => {
    const value = min + (step / lastStep) * (max - min);
    const place = high > low ? Math.round((255 * (value - low)) / (high - low)) : 0;
    const at = 4 * Math.min(255, Math.max(0, place));
    return viridis.subarray(at, at + 4);
  });
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(nonValue[0].slice(at, at + 2), 16));
  colors[noNumber] = Uint8ClampedArray.of(red as number, green as number, blue as number, 255);
  return colors;
}
