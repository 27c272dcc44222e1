import { linkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { scanImageFolder } from '../../../src/dataset/folder/scan.js';
import { BatchStream } from '../../../src/dataset/stream/batches.js';
import { createCacheBudget } from '../../../src/dataset/stream/cache-budget.js';
import { ImageSource } from '../../../src/dataset/stream/image-source.js';
import { temporaryFolder } from '../drawn-folder.js';

const COUNT = 10_000;
const SIZE = 100;
const MIB = 2 ** 20;

/** Two classes of links to a few pictures: each is decoded on its own. */
async function drawManyImages(): Promise<string> {
  const root = await temporaryFolder();
  const originals: string[] = [];
  for (let index = 0; index < 10; index++) {
    const file = path.join(root, `original-${index}.jpg`);
    const background = { r: index * 25, g: 90, b: 200 - index * 20 };
    await sharp({ create: { width: SIZE, height: SIZE, channels: 3, background } })
      .jpeg()
      .toFile(file);
    originals.push(file);
  }
  for (const name of ['a', 'b']) mkdirSync(path.join(root, name));
  for (let index = 0; index < COUNT; index++) {
    const original = originals[index % originals.length] as string;
    linkSync(original, path.join(root, index % 2 === 0 ? 'a' : 'b', `${index}.jpg`));
  }
  return root;
}

test('10,000 images pass through memory that does not grow with them', { timeout: 180_000 }, async () => {
  const folder = await scanImageFolder(await drawManyImages(), { validationSplit: 0 });
  const cacheBudget = createCacheBudget(32 * MIB);
  const source = new ImageSource(folder.splits.train ?? [], {
    preprocessing: { width: SIZE, height: SIZE, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 },
    cacheBudget,
  });
  const before = process.memoryUsage.rss();
  let peak = 0;
  let seen = 0;
  const lent = new Uint8Array(100 * source.imageBytes);
  const stream = new BatchStream(source, { batchSize: 100, shuffleSeed: 1, endPass: 1 });
  for (let next = await stream.next(lent); !next.done; next = await stream.next(lent)) {
    seen += next.value.size;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  expect(seen).toBe(COUNT);
  expect(cacheBudget.used).toBeGreaterThan(31 * MIB);
  // all pixels together are 286 MiB
  expect((peak - before) / MIB).toBeLessThan(32 + 150);
});
