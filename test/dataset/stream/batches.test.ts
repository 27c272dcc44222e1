import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabeledFile } from '../../../src/dataset/folder/image-folder.js';
import type { Batch } from '../../../src/dataset/stream/batch.js';
import { BatchStream } from '../../../src/dataset/stream/batches.js';
import { createCacheBudget } from '../../../src/dataset/stream/cache-budget.js';
import { ImageSource, type ImageSourceOptions } from '../../../src/dataset/stream/image-source.js';
import { temporaryFolder, writeImage } from '../drawn-folder.js';

const preprocessing = { width: 2, height: 3, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 } as const;

/** Pictures whose every byte is their index; `bad` ones are no pictures. */
async function drawFiles(count: number, bad: number[] = []): Promise<LabeledFile[]> {
  const root = await temporaryFolder();
  const files: LabeledFile[] = [];
  for (let index = 0; index < count; index++) {
    const file = path.join(root, `${index}.png`);
    if (bad.includes(index)) await writeFile(file, 'this is not a picture');
    else await writeImage(file, 4, [index, index, index]);
    files.push({ path: file, classIndex: index % 2 });
  }
  return files;
}

function sourceOf(files: LabeledFile[], options: Partial<ImageSourceOptions> = {}): ImageSource {
  return new ImageSource(files, { preprocessing, ...options });
}

async function collect(stream: BatchStream, count: number): Promise<Batch[]> {
  const batches: Batch[] = [];
  while (batches.length < count) {
    const { value } = await stream.next();
    if (value === undefined) break;
    batches.push(value);
  }
  return batches;
}

test('an unshuffled pass gives every picture in order, its pixels and class, and a short last batch', async () => {
  const batches = await collect(new BatchStream(sourceOf(await drawFiles(5)), { batchSize: 2, endPass: 1 }), 10);
  expect(batches.map((batch) => [...batch.fileIndexes])).toEqual([[0, 1], [2, 3], [4]]);
  expect(batches.map((batch) => [...batch.classIndexes])).toEqual([[0, 1], [0, 1], [0]]);
  expect([...(batches[1]?.pixels ?? [])]).toEqual([...Array(18).fill(2), ...Array(18).fill(3)]);
  expect(batches[2]?.pixels).toEqual(new Uint8Array(18).fill(4));
});

test('memory that is lent holds each batch in turn', async () => {
  const stream = new BatchStream(sourceOf(await drawFiles(5)), { batchSize: 2, endPass: 1 });
  const lent = new Uint8Array(stream.batchBytes);
  const seen: number[] = [];
  for (let next = await stream.next(lent); !next.done; next = await stream.next(lent)) {
    expect(next.value.pixels.buffer).toBe(lent.buffer);
    seen.push(next.value.pixels.length, lent[0] as number);
  }
  expect(seen).toEqual([36, 0, 36, 2, 18, 4]);
});

test('every pass holds every picture once, in an order of its own', async () => {
  const source = sourceOf(await drawFiles(7));
  const stream = new BatchStream(source, { batchSize: 3, shuffleSeed: 5, endPass: 20 });
  const orders = new Map<number, number[]>();
  for await (const { pass, fileIndexes } of stream) orders.set(pass, [...(orders.get(pass) ?? []), ...fileIndexes]);
  expect(orders.size).toBe(20);
  for (const order of orders.values()) expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(new Set([...orders.values()].map(String)).size).toBeGreaterThan(15);
});

test('a stream opened at any position goes on exactly as the unbroken one', async () => {
  const source = sourceOf(await drawFiles(7, [3]));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.nat(20), fc.nat(), async (batchSize, skip, shuffleSeed) => {
      const unbroken = new BatchStream(source, { batchSize, shuffleSeed });
      await collect(unbroken, skip);
      const resumed = new BatchStream(source, { batchSize, shuffleSeed, start: unbroken.position });
      expect(await collect(resumed, 5)).toEqual(await collect(unbroken, 5));
    }),
    { numRuns: 40 },
  );
});

test('a bad file leaves a hole at its place and is listed with its reason', async () => {
  const source = sourceOf(await drawFiles(6, [1, 2, 3]));
  const batches = await collect(new BatchStream(source, { batchSize: 2, endPass: 2 }), 10);
  expect(batches.map((batch) => [...batch.fileIndexes])).toEqual([[0], [], [4, 5], [0], [], [4, 5]]);
  expect(batches[1]?.pixels).toHaveLength(0);
  expect(source.badFiles.map((bad) => path.basename(bad.path))).toEqual(['1.png', '2.png', '3.png']);
  expect(source.badFiles[0]?.reason).toMatch(/^it is not an image/);
});

test('a bad file ends the stream where bad images are to fail, at the batch that holds it', async () => {
  const files = await drawFiles(6, [3]);
  const stream = new BatchStream(sourceOf(files, { onBadImage: 'fail' }), { batchSize: 2 });
  expect((await stream.next()).value?.size).toBe(2);
  await expect(stream.next()).rejects.toMatchObject({
    code: 'BAD_IMAGE',
    message: expect.stringContaining(files[3]?.path ?? ''),
  });
  expect((await stream.next()).done).toBe(true);
});

test('a folder in which nothing can be used is an error, not an endless row of empty batches', async () => {
  const stream = new BatchStream(sourceOf(await drawFiles(3, [0, 1, 2])), { batchSize: 4 });
  await expect(stream.next()).rejects.toMatchObject({ code: 'BAD_DATASET', message: /none of the 3 images/ });
});

test('the order does not depend on the cache, and the budget is never exceeded', async () => {
  const files = await drawFiles(9);
  const streamWith = (limit: number) => {
    const cacheBudget = createCacheBudget(limit);
    const source = sourceOf(files, { cacheBudget });
    return { cacheBudget, stream: new BatchStream(source, { batchSize: 4, shuffleSeed: 1 }) };
  };
  const wanted = await collect(streamWith(0).stream, 8);
  for (const limit of [17, 18, 40, 1000]) {
    const { cacheBudget, stream } = streamWith(limit);
    expect(await collect(stream, 8)).toEqual(wanted);
    expect(cacheBudget.used).toBe(Math.min(Math.floor(limit / 18), 9) * 18);
  }
});

test('a cached picture is not read again', async () => {
  const files = await drawFiles(4);
  const source = sourceOf(files);
  await collect(new BatchStream(source, { batchSize: 4 }), 1);
  for (const file of files) await writeFile(file.path, 'overwritten');
  const [again] = await collect(new BatchStream(source, { batchSize: 4 }), 1);
  expect(again?.size).toBe(4);
});

test.each([
  ['batchSize', { batchSize: 0 }],
  ['batchSize', { batchSize: 1.5 }],
  ['start', { batchSize: 1, start: { pass: 0, offset: 3 } }],
])('an impossible %s is refused', async (name, options) => {
  const source = sourceOf(await drawFiles(3));
  expect(() => new BatchStream(source, options)).toThrow(new RegExp(`^${name}: expected`));
});

test('an image is shown each time that it is decoded, and not when its pixels are at hand', async () => {
  const files = await drawFiles(4, [2]);
  const seen: [number, number, string][] = [];
  const look: ImageSourceOptions['look'] =
    (index) =>
    ({ width }, { header }) =>
      void seen.push([index, width, header.format]);
  const stream = new BatchStream(sourceOf(files, { look }), { batchSize: 4, endPass: 2 });
  await collect(stream, 2);
  expect(seen.sort()).toEqual([0, 1, 3].map((index) => [index, 4, 'png']));
});
