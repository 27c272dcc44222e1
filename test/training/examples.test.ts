import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { BatchStream } from '../../src/dataset/stream/batches.js';
import { ImageSource } from '../../src/dataset/stream/image-source.js';
import { encodePng } from '../../src/rendering/png.js';
import { ExampleStream, encodeTargets } from '../../src/training/examples.js';

let folder: string;

beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-examples-'));
  await fs.writeFile(join(folder, 'a.png'), encodePng(createRaster(2, 2, [255, 51, 0])));
  await fs.writeFile(join(folder, 'b.png'), encodePng(createRaster(2, 2, [0, 0, 102])));
  await fs.writeFile(join(folder, 'bad.png'), 'no image');
});

afterAll(async () => {
  await fs.rm(folder, { recursive: true });
});

function open(names: string[], batchSize: number, classWeights?: number[]): ExampleStream {
  const files = names.map((name, classIndex) => ({ path: join(folder, name), classIndex }));
  const preprocessing = { height: 2, width: 2, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 } as const;
  const batches = new BatchStream(new ImageSource(files, { preprocessing }), { batchSize, endPass: 1 });
  return new ExampleStream(batches, 2, { classWeights });
}

test('bytes keep their factor, class indexes become targets', async () => {
  const { inputs, size, targets } = await open(['a.png', 'b.png'], 2).next();
  const four = (...pixel: number[]) => [pixel, pixel, pixel, pixel].flat();
  expect(size).toBe(2);
  expect(inputs).toEqual({ bytes: Uint8Array.from([...four(255, 51, 0), ...four(0, 0, 102)]), rescale: 1 / 255 });
  expect([...targets]).toEqual([0, 1]);
});

test('a shorter batch after a longer one has only its own inputs', async () => {
  const stream = open(['a.png', 'b.png', 'a.png'], 2);
  expect((await stream.next()).inputs).toMatchObject({ bytes: { length: 2 * 12 } });
  expect((await stream.next()).inputs).toMatchObject({ bytes: { length: 12 } });
  await expect(stream.next()).rejects.toThrow(/ended/);
});

test('a batch of bad images alone is empty', async () => {
  const start = performance.now();
  const stream = open(['bad.png', 'a.png'], 1);
  expect(await stream.next()).toMatchObject({ size: 0 });
  expect(await stream.next()).toMatchObject({ size: 1 });
  expect(stream.waitedMs).toBeGreaterThan(0);
  expect(stream.waitedMs).toBeLessThanOrEqual(performance.now() - start);
});

test('each example has the weight of its class, or none', async () => {
  expect((await open(['a.png', 'b.png'], 2, [0.5, 4]).next()).sampleWeights).toEqual(Float32Array.of(0.5, 4));
  expect((await open(['bad.png', 'b.png'], 2, [0.5, 4]).next()).sampleWeights).toEqual(Float32Array.of(4));
  expect((await open(['a.png'], 1).next()).sampleWeights).toBeUndefined();
});

test('two classes have one target, more have one each', () => {
  expect([...encodeTargets(Int32Array.of(1, 0), 2)]).toEqual([1, 0]);
  expect([...encodeTargets(Int32Array.of(2, 0), 3)]).toEqual([0, 0, 1, 1, 0, 0]);
});

test('smoothed labels are those of Keras: y (1 - s) + s / classes', () => {
  expect([...encodeTargets(Int32Array.of(1, 0), 2, 0.25)]).toEqual([0.875, 0.125]);
  expect([...encodeTargets(Int32Array.of(2, 0), 4, 0.5)]).toEqual([
    0.125, 0.125, 0.625, 0.125, 0.625, 0.125, 0.125, 0.125,
  ]);
});
