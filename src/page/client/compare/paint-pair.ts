// Paints a channel on two images on one scale, and their difference.

import type { LayerMaps } from '../layer-maps.js';
import type { Ramp, Ramps } from '../ramp.js';
import { type ComparedChannel, readValues } from './compare-layers.js';

/** Two images' maps of a layer. */
export interface MapPair {
  a: LayerMaps;
  b: LayerMaps;
}

/** The parts that a channel is painted in. */
export type PairPart = 'a' | 'b' | 'difference';
const pairParts: readonly PairPart[] = ['a', 'b', 'difference'];

/** Pixels between two parts that stand beside each other. */
const gap = 2;

/** Paints all three beside each other, a pixel a value. @param limit of the differences of the layer */
export function paintBeside(
  canvas: HTMLCanvasElement,
  pair: MapPair,
  channel: ComparedChannel,
  limit: number,
  ramps: Ramps,
): void {
  const { width, height } = pair.a.layer;
  Object.assign(canvas, { width: 3 * width + 2 * gap, height });
  const context = canvas.getContext('2d');
  pairParts.forEach((part, index) => {
    context?.putImageData(colorPart(part, pair, channel, limit, ramps), index * (width + gap), 0);
  });
}

/** Paints one of them. */
export function paintPart(
  canvas: HTMLCanvasElement,
  part: PairPart,
  pair: MapPair,
  channel: ComparedChannel,
  limit: number,
  ramps: Ramps,
): void {
  const { width, height } = pair.a.layer;
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.putImageData(colorPart(part, pair, channel, limit, ramps), 0, 0);
}

function colorPart(part: PairPart, pair: MapPair, channel: ComparedChannel, limit: number, ramps: Ramps): ImageData {
  const { width, height } = pair.a.layer;
  const read = ({ channels }: LayerMaps) => {
    const map = channels[channel.number];
    return map === undefined ? new Float32Array(width * height) : readValues(map);
  };
  const picture = new ImageData(width, height);
  if (part === 'difference') {
    const [a, b] = [read(pair.a), read(pair.b)];
    colorValues(
      picture,
      b.map((value, place) => dropRounding(value - (a[place] as number), channel)),
      { low: -limit, high: limit },
      ramps.coolwarm,
      ramps,
    );
  } else colorValues(picture, read(pair[part]), channel, ramps.viridis, ramps);
  return picture;
}

/** What may be there only because maps are stored in steps is drawn as 0. */
function dropRounding(difference: number, { rounding }: ComparedChannel): number {
  return Math.abs(difference) <= rounding ? 0 : difference;
}

function colorValues(
  { data, width }: ImageData,
  values: Float32Array,
  { low, high }: { low: number; high: number },
  ramp: Ramp,
  { nonValue }: Ramps,
): void {
  const checks = nonValue.map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  values.forEach((value, place) => {
    if (Number.isNaN(value)) {
      data.set([...(checks[((place % width) + Math.floor(place / width)) % 2] as number[]), 255], place * 4);
      return;
    }
    const share = high > low ? (value - low) / (high - low) : 0.5;
    const color = Math.max(0, Math.min(255, Math.floor(256 * share)));
    data.set(ramp.subarray(color * 4, color * 4 + 4), place * 4);
  });
}
