// Reads a layer's picture, byte by byte.

import { nonValueIndex } from '../../rendering/normalize.js';
import { removeFilters } from '../../rendering/png-filters.js';
import type { LayerData } from '../image-data.js';
import { placeOfSteps } from '../map-steps.js';
import { decodeBase64, inflate } from './bytes.js';
import type { ChannelMap, LayerMaps, Steps } from './layer-maps.js';

/**
 * Reads a layer's picture: not through a canvas, which color management and some browsers' guard against fingerprinting may
 * change, but from the file's own bytes. They are laid out as our encoder does it: a palette, and a byte a pixel.
 *
 * @param address of the picture, with the picture in it
 */
export async function readSheet(address: string, layer: LayerData): Promise<LayerMaps> {
  const bytes = decodeBase64(address.slice(address.indexOf(',') + 1));
  const { width, height, columns, nonFinite = {} } = layer;
  const rows = removeFilters(await inflate(findPixels(bytes)), columns * width);
  const channels = layer.min.map((low, channel): ChannelMap => {
    const steps = new Uint16Array(width * height);
    const stepCount = layer.steps[channel] as number;
    const first = placeOfSteps(stepCount);
    const left = (channel % columns) * width + 1;
    for (let y = 0; y < height; y++) {
      const from = (Math.floor(channel / columns) * height + y) * (columns * width + 1) + left;
      for (let x = 0; x < width; x++) steps[y * width + x] = (rows[from + x] as number) - first;
    }
    markGaps(steps, nonFinite[channel] ?? []);
    return { steps, stepCount, low, high: layer.max[channel] as number };
  });
  return { layer, channels };
}

/** The data of the chunk IDAT: after 8 bytes of signature, each chunk has a length, a name, its data and 4 more bytes. */
function findPixels(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer);
  for (let at = 8; at < bytes.length; at += view.getUint32(at) + 12) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'IDAT') return bytes.subarray(at + 8, at + 8 + view.getUint32(at));
  }
  throw new Error('a picture without pixels');
}

function markGaps(steps: Steps, runs: readonly number[]): void {
  let at = 0;
  runs.forEach((length, index) => {
    if (index % 2 === 1) steps.fill(nonValueIndex, at, at + length);
    at += length;
  });
}
