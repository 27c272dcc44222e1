import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { createRandom } from '../../src/base/random.js';
import { ChannelCorrelation } from '../../src/similarity/channel-correlation.js';
import { CkaTable } from '../../src/similarity/cka.js';
import { unbiasedHsic } from '../../src/similarity/hsic.js';
import { multiplyImages } from '../../src/similarity/products.js';

// By NumPy: scripts/cka.py
const known = JSON.parse(readFileSync(new URL('../fixtures/cka.json', import.meta.url), 'utf8')) as {
  sizes: number[];
  x: number[][];
  y: number[][];
  hsic: number;
  cka: number;
  correlations: number[][];
};
const batches = known.sizes.map((size, index) => ({
  size,
  x: Float32Array.from(known.x[index] as number[]),
  y: Float32Array.from(known.y[index] as number[]),
}));

beforeAll(() => selectBackend('cpu'));

/** CKA of features in batches. */
async function measure(parts: { size: number; x: Float32Array; y: Float32Array }[]): Promise<number> {
  const table = new CkaTable(1, 1);
  for (const { size, x, y } of parts) table.add([await multiplyImages(x, size)], [await multiplyImages(y, size)], size);
  return table.values[0]?.[0] as number;
}

function multiply(values: Float32Array, rows: number, matrix: number[][]): Float32Array {
  const inner = values.length / rows;
  const columns = matrix[0]?.length ?? 0;
  return Float32Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let sum = 0;
    for (let at = 0; at < inner; at++)
      sum += (values[row * inner + at] as number) * ((matrix[at] as number[])[column] as number);
    return sum;
  });
}

/** A product of plane rotations: orthogonal. */
function rotation(size: number): number[][] {
  const random = createRandom(5, 'sample');
  const matrix = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => Number(row === column)),
  );
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const angle = 6 * random();
      for (const row of matrix) {
        const [p, q] = [row[a] as number, row[b] as number];
        row[a] = p * Math.cos(angle) - q * Math.sin(angle);
        row[b] = p * Math.sin(angle) + q * Math.cos(angle);
      }
    }
  }
  return matrix;
}

describe('linear CKA', () => {
  test('is what NumPy gets by the definition, over batches of different sizes', async () => {
    expect(await measure(batches)).toBeCloseTo(known.cka, 5);
  });

  test('rests on the unbiased estimator of HSIC, which centering does not change', async () => {
    const [{ x, y, size }] = batches as [(typeof batches)[0]];
    const hsic = unbiasedHsic(await multiplyImages(x, size), await multiplyImages(y, size), size);
    expect(hsic).toBeCloseTo(known.hsic, 4);
    const raw = (values: Float32Array) => multiply(values, size, transpose(values, size));
    expect(unbiasedHsic(raw(x), raw(y), size)).toBeCloseTo(known.hsic, 4);
  });

  test('is 1 of a layer with itself, and with itself rotated, scaled and moved', async () => {
    const turned = batches.map(({ size, x }) => {
      const y = multiply(x, size, rotation(6)).map((value) => 3.7 * value + 11);
      return { size, x, y };
    });
    expect(Math.abs((await measure(batches.map(({ size, x }) => ({ size, x, y: x })))) - 1)).toBeLessThan(1e-6);
    expect(Math.abs((await measure(turned)) - 1)).toBeLessThan(1e-5);
  });

  test('is near 0 of features that have nothing in common, unlike the biased one', async () => {
    const random = createRandom(9, 'sample');
    const noise = (count: number) => Float32Array.from({ length: count }, () => random() + random() + random() - 1.5);
    const parts = Array.from({ length: 40 }, () => ({ size: 16, x: noise(16 * 100), y: noise(16 * 100) }));
    expect(Math.abs(await measure(parts))).toBeLessThan(0.05);
  });

  test('has no number for a layer that puts out the same for all images', async () => {
    expect(await measure([{ size: 5, x: new Float32Array(10).fill(2), y: new Float32Array(5) }])).toBeNaN();
  });

  test('has a row for each layer of the first network and a column for each of the second', async () => {
    const random = createRandom(3, 'sample');
    const parts = batches.map(({ size, x, y }) => ({ size, x, y, z: Float32Array.from({ length: 3 * size }, random) }));
    const table = new CkaTable(2, 3);
    for (const { size, x, y, z } of parts) {
      const [ofX, ofY, ofZ] = await Promise.all([x, y, z].map((values) => multiplyImages(values, size)));
      table.add([ofX, ofY] as Float32Array[], [ofY, ofZ, ofX] as Float32Array[], size);
    }
    const pairs = (['x', 'y'] as const).map((row) =>
      (['y', 'z', 'x'] as const).map((column) =>
        measure(parts.map((part) => ({ size: part.size, x: part[row], y: part[column] }))),
      ),
    );
    const expected = await Promise.all(pairs.map((row) => Promise.all(row)));
    expect(table.values).toEqual(expected.map((row) => row.map((value) => expect.closeTo(value, 10))));
    expect(new Set(expected.flat().map((value) => value.toFixed(4))).size).toBe(4);
  });

  test('leaves out batches that are too small to say anything', () => {
    const table = new CkaTable(1, 1);
    table.add([new Float32Array(9)], [new Float32Array(9)], 3);
    expect(table.imageCount).toBe(0);
  });
});

function transpose(values: Float32Array, rows: number): number[][] {
  const columns = values.length / rows;
  return Array.from({ length: columns }, (_, column) =>
    Array.from({ length: rows }, (__, row) => values[row * columns + column] as number),
  );
}

test('channels correlate as NumPy says, over several batches', async () => {
  const correlation = new ChannelCorrelation(6, 4);
  for (const { x, y } of batches) await correlation.add(x, y);
  correlation.values.forEach((row, index) => {
    row.forEach((value, column) => {
      expect(value).toBeCloseTo(known.correlations[index]?.[column] as number, 5);
    });
  });
});
