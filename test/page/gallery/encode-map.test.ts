import { expect, it } from 'vitest';
import { encodeMap, placeShape } from '../../../src/page/gallery/encode-map.js';
import type { MapShape } from '../../../src/page/gallery/gallery-data.js';

const middles = (count: number) => Array.from({ length: count }, (_, at) => (at + 0.5) / count);

it('keeps a map in steps of a 127th of its largest size, and where it is the strongest', () => {
  const values = Float32Array.of(0, -2, 1, 0.5, 0.004, -0.012);
  const encoded = encodeMap({ width: 3, height: 2, values }, 4);
  expect(encoded).toMatchObject({ shape: 4, limit: 2, strongest: [2, 0] });
  const steps = [...new Int8Array(Buffer.from(encoded?.values ?? '', 'base64'))];
  expect(steps).toEqual([0, -127, 64, 32, 0, -1]);
});

it('takes a map that is 0 everywhere, and none with NaN or infinity', () => {
  const blank = encodeMap({ width: 2, height: 1, values: new Float32Array(2) }, 0);
  expect(blank).toMatchObject({ limit: 0, values: Buffer.alloc(2).toString('base64') });
  expect(encodeMap({ width: 2, height: 1, values: Float32Array.of(1, Number.NaN) }, 0)).toBeUndefined();
});

it('lists each size of maps once', () => {
  const shapes: MapShape[] = [];
  const place = (width: number) =>
    placeShape(shapes, { width, height: 1, values: new Float32Array(width) }, { rows: [0.5], columns: middles(width) });
  expect([place(2), place(3), place(2)]).toEqual([0, 1, 0]);
  expect(shapes.map(({ width }) => width)).toEqual([2, 3]);
});
