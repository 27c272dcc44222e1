// Reads a layer's picture, byte by byte.

import { nonValueIndex } from '../../rendering/normalize.js';
import type { LayerData } from '../image-data.js';
import type { ChannelMap, LayerMaps, Steps } from './layer-maps.js';

/**
 * Reads a layer's picture: not through a canvas, which color management and some browsers' guard against fingerprinting may
 * change, but from the file's own bytes. They are laid out as our encoder does it: a palette, and rows with the filters None, Sub
 * and Up.
 *
 * @param address of the picture, with the picture in it
 */
export async function readSheet(address: string, layer: LayerData): Promise<LayerMaps> {
  const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (byte) => byte.charCodeAt(0));
  const { width, height, columns, steps: stepCount, nonFinite = {} } = layer;
  const rowLength = columns * width + 1;
  const rows = removeFilters(await inflate(findPixels(bytes)), rowLength);
  const channels = layer.min.map((low, channel): ChannelMap => {
    const steps = new Uint16Array(width * height);
    const left = (channel % columns) * width + 1;
    for (let y = 0; y < height; y++) {
      const from = (Math.floor(channel / columns) * height + y) * rowLength + left;
      steps.set(rows.subarray(from, from + width), y * width);
    }
    markGaps(steps, nonFinite[channel] ?? []);
    return { steps, low, high: layer.max[channel] as number };
  });
  return { layer, stepCount, channels };
}

/** The data of the chunk IDAT: after 8 bytes of signature, each chunk has a length, a name, its data and 4 more bytes. */
function findPixels(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer);
  for (let at = 8; at < bytes.length; at += view.getUint32(at) + 12) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'IDAT') return bytes.subarray(at + 8, at + 8 + view.getUint32(at));
  }
  throw new Error('a picture without pixels');
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Response(new Uint8Array(bytes)).body?.pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream ?? null).arrayBuffer());
}

/** In place. The first byte of a row is its filter: 1 adds the byte before, 2 that above. */
function removeFilters(rows: Uint8Array, rowLength: number): Uint8Array {
  for (let start = 0; start < rows.length; start += rowLength) {
    const filter = rows[start];
    const end = start + rowLength;
    if (filter === 1) for (let at = start + 2; at < end; at++) (rows[at] as number) += rows[at - 1] as number;
    if (filter === 2 && start > 0)
      for (let at = start + 1; at < end; at++) (rows[at] as number) += rows[at - rowLength] as number;
  }
  return rows;
}

function markGaps(steps: Steps, runs: readonly number[]): void {
  let at = 0;
  runs.forEach((length, index) => {
    if (index % 2 === 1) steps.fill(nonValueIndex, at, at + length);
    at += length;
  });
}
