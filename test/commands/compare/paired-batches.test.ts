import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pairBatches } from '../../../src/commands/compare/paired-batches.js';
import { ImageSource } from '../../../src/dataset/stream/image-source.js';
import type { NetworkInput } from '../../../src/engines/contract/network-input.js';
import { usePlace } from '../train/training-fixture.js';

const place = usePlace({ train: 6, validation: 1 });
const side = { interpolation: 'nearest', autoOrient: true, rescale: 1 } as const;

const lengthOf = (input: NetworkInput) => (input instanceof Float32Array ? input : input.bytes).length;

/** The numbers of the images that come as pairs, batch by batch, where some cannot be used by the one or the other. */
async function listPairs(bad: { a: number[]; b: number[] }): Promise<number[][]> {
  const files = Array.from({ length: 6 }, (_, index) => {
    return { path: join(place.pets, `train/cats/cat.${index}.png`), classIndex: 0 };
  });
  const open = (size: number, places: number[]) => {
    const source = new ImageSource(files, { preprocessing: { ...side, height: size, width: size } });
    source.recallBadFiles(places.map((index) => ({ path: files[index]?.path ?? '', reason: 'broken' })));
    return source;
  };
  const settings = { batchSize: 2 } as Parameters<typeof pairBatches>[2];
  const batches: number[][] = [];
  const sources = { a: open(4, bad.a), b: open(8, bad.b) };
  for await (const { files: found, a, b, size } of pairBatches(sources, { name: 'cpu' } as never, settings)) {
    expect([lengthOf(a), lengthOf(b)]).toEqual([size * 4 * 4 * 3, size * 8 * 8 * 3]);
    batches.push(found.map((file) => files.indexOf(file)));
  }
  return batches;
}

test('only images that both can decode are paired', async () => {
  expect(await listPairs({ a: [], b: [] })).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
  ]);
  expect(await listPairs({ a: [0], b: [3] })).toEqual([[1], [2], [4, 5]]);
});

test.each(['a', 'b'] as const)(
  'a batch without a usable image in %s alone leaves the later ones paired',
  async (one) => {
    expect(await listPairs({ ...{ a: [], b: [] }, [one]: [0, 1] })).toEqual([
      [2, 3],
      [4, 5],
    ]);
  },
);
