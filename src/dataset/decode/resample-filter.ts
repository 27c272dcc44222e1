// The kernels of Pillow's resize.

import type { RgbPixels } from './pixels.js';
import type { Interpolation } from './preprocessing.js';

/** A resampling kernel: its weight at a distance, in units of the coarser grid, and where it ends. */
interface Filter {
  support: number;
  weight(distance: number): number;
}

export const FILTERS: Record<Exclude<Interpolation, 'nearest'>, Filter> = {
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  lanczos3: {
    support: 3,
    weight: (distance) => (distance >= -3 && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0),
  },
};

/** Pillow's fixed point: 32 bits less 8 for the value and 2 for overshoot. */
const PRECISION_BITS = 22;
const HALF = 1 << (PRECISION_BITS - 1);

/** For each target index: where its window begins, how long it is, and `stride` fixed-point weights. */
interface Windows {
  starts: Int32Array;
  lengths: Int32Array;
  weights: Int32Array;
  stride: number;
}

/**
 * Pillow's two-pass resampling (libImaging/Resample.c): when it shrinks, the kernel widens with the scale (so nothing is
 * aliased); weights are rounded to 22 bits, and the picture between the two passes to 8.
 */
export function resampleWithFilter(source: RgbPixels, width: number, height: number, filter: Filter): Uint8Array {
  const narrow = source.width === width ? source : { ...source, width, data: resampleRows(source, width, filter) };
  return narrow.height === height ? narrow.data.slice() : resampleColumns(narrow, height, filter);
}

function resampleRows(source: RgbPixels, width: number, filter: Filter): Uint8Array {
  const { starts, lengths, weights, stride } = planWindows(source.width, width, filter);
  const { data, height } = source;
  const out = new Uint8ClampedArray(width * height * 3);
  let to = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let from = (row * source.width + (starts[column] as number)) * 3;
      const first = column * stride;
      const last = first + (lengths[column] as number);
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      for (let index = first; index < last; index++, from += 3) {
        const weight = weights[index] as number;
        red += weight * (data[from] as number);
        green += weight * (data[from + 1] as number);
        blue += weight * (data[from + 2] as number);
      }
      out[to++] = red >> PRECISION_BITS;
      out[to++] = green >> PRECISION_BITS;
      out[to++] = blue >> PRECISION_BITS;
    }
  }
  return new Uint8Array(out.buffer);
}

function resampleColumns(source: RgbPixels, height: number, filter: Filter): Uint8Array {
  const { starts, lengths, weights, stride } = planWindows(source.height, height, filter);
  const rowBytes = source.width * 3;
  const out = new Uint8ClampedArray(rowBytes * height);
  const sums = new Int32Array(rowBytes);
  for (let row = 0; row < height; row++) {
    sums.fill(HALF);
    let from = (starts[row] as number) * rowBytes;
    const first = row * stride;
    const last = first + (lengths[row] as number);
    for (let index = first; index < last; index++) {
      const weight = weights[index] as number;
      for (let at = 0; at < rowBytes; at++) {
        sums[at] = (sums[at] as number) + weight * (source.data[from++] as number);
      }
    }
    for (let at = 0; at < rowBytes; at++) out[row * rowBytes + at] = (sums[at] as number) >> PRECISION_BITS;
  }
  return new Uint8Array(out.buffer);
}

function planWindows(sourceLength: number, targetLength: number, filter: Filter): Windows {
  const scale = sourceLength / targetLength;
  const filterScale = Math.max(scale, 1);
  const support = filter.support * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(targetLength);
  const lengths = new Int32Array(targetLength);
  const weights = new Int32Array(targetLength * stride);
  for (let target = 0; target < targetLength; target++) {
    const center = (target + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const end = Math.min(sourceLength, Math.trunc(center + support + 0.5));
    const exact: number[] = [];
    let total = 0;
    for (let at = start; at < end; at++) {
      const weight = filter.weight((at - center + 0.5) * (1 / filterScale));
      exact.push(weight);
      total += weight;
    }
    starts[target] = start;
    lengths[target] = exact.length;
    exact.forEach((weight, index) => {
      weights[target * stride + index] = toFixedPoint(total === 0 ? weight : weight / total);
    });
  }
  return { starts, lengths, weights, stride };
}

function toFixedPoint(weight: number): number {
  const scaled = weight * (1 << PRECISION_BITS);
  return Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}
