import fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compare } from '../../../src/commands/compare/index.js';
import type { CompareOptions } from '../../../src/commands/compare/options.js';
import type { MapComparison, NetworkComparison } from '../../../src/commands/compare/result.js';
import { predict } from '../../../src/commands/predict/index.js';
import { train } from '../../../src/commands/train/index.js';
import { readRun } from '../../../src/runs/run.js';
import { nativeTest } from '../../helpers/native.js';
import { SMALL, usePlace, useTrainings } from '../train/training-fixture.js';

const place = usePlace({ train: 8, validation: 8 });
const options = () => ({ data: place.pets, ...SMALL, learningRate: 0.01 });
const cat = () => join(place.pets, 'train/cats/cat.0.png');
const dog = () => join(place.pets, 'train/dogs/dog.1.png');
const backend = 'cpu';

useTrainings(place, async () => {
  await train({ ...options(), epochs: 4, filters: [3, 8], keepEpochs: 2, out: 'first' });
  await train({ ...options(), seed: 5, imageSize: 14, interpolation: 'bilinear', out: 'second' });
});

const at = (name: string) => join(place.folder, name);

/** A copy of a run whose second convolution has its filters in another order. */
async function permute(run: string, order: readonly number[]): Promise<string> {
  const { weights } = await readRun(run);
  const copy = at('permuted');
  await fs.cp(run, copy, { recursive: true });
  const folder = join(copy, weights.last.folder);
  const model = JSON.parse(await fs.readFile(join(folder, 'model.json'), 'utf8'));
  const bytes = await fs.readFile(join(folder, 'weights.bin'));
  const numbers = new Float32Array(new Uint8Array(bytes).buffer);
  const specs = model.weightsManifest.flatMap(({ weights: list }: { weights: object[] }) => list) as {
    name: string;
    shape: number[];
  }[];
  let start = 0;
  for (const { name, shape } of specs) {
    const count = shape.reduce((product, size) => product * size, 1);
    if (name.startsWith('conv2d_2/')) {
      const own = numbers.slice(start, start + count);
      own.forEach((_, index) => {
        const filter = index % order.length;
        numbers[start + index] = own[index - filter + (order[filter] as number)] as number;
      });
    }
    start += count;
  }
  await fs.writeFile(join(folder, 'weights.bin'), new Uint8Array(numbers.buffer));
  await fs.rm(join(folder, 'checkpoint.json'));
  return join(folder, 'model.json');
}

describe('two networks on a folder', () => {
  const on = () => place.pets;

  async function expectSame(engine: 'cpu' | 'native'): Promise<void> {
    const same = { a: at('first'), b: at('first'), on: on(), out: at('out'), backend: engine };
    const result = (await compare(same)) as NetworkComparison;
    result.cka.values.forEach((row, index) => {
      expect(Math.abs((row[index] as number) - 1)).toBeLessThan(1e-6);
    });
    expect(result.a.layers).toEqual([
      'conv2d_1',
      'max_pooling2d_1',
      'conv2d_2',
      'max_pooling2d_2',
      'dense_1',
      'dense_2',
    ]);
    for (const { pairs } of result.matches) {
      for (const { partner, correlation } of pairs ?? []) {
        if (partner !== null) expect(correlation).toBeCloseTo(1, 4);
      }
      const partners = (pairs ?? []).flatMap(({ partner }) => partner ?? []);
      expect(new Set(partners).size).toBe(partners.length);
    }
    expect(result.judgements).toMatchObject({ sameCount: 16, imageCount: 16 });
    expect(result.judgements?.images[0]?.difference).toBe(0);
    expect(result.files).toEqual(
      expect.arrayContaining(['cka.png', 'differences.png', '03-conv2d_2.png', 'manifest.json']),
    );
  }

  test('a network with itself: 1 on the diagonal, each channel one partner each', () => expectSame('cpu'));
  nativeTest('the same by the graph', () => expectSame('native'));

  test('finds the order of channels again, which CKA does not see', async () => {
    const order = [2, 0, 3, 1, 7, 5, 4, 6];
    const b = await permute(at('first'), order);
    const result = (await compare({
      a: `${at('first')}@4`,
      b,
      on: on(),
      out: at('out'),
      backend,
    })) as NetworkComparison;
    const match = result.matches.find(({ name }) => name === 'conv2d_2');
    for (const { channel, partner, correlation } of match?.pairs ?? []) {
      if (partner === null) continue;
      expect([channel, order[partner]]).toEqual([channel, channel]);
      expect(correlation).toBeCloseTo(1, 4);
    }
    expect(match?.pairs?.filter(({ partner }) => partner !== null).length).toBeGreaterThan(1);
    const row = result.a.layers.indexOf('conv2d_2');
    expect(result.cka.values[row]?.[row]).toBeCloseTo(1, 5);
  });

  test('lets networks of other sizes have their own images, and matches by means there', async () => {
    const both = { a: at('first'), b: at('second'), on: on(), out: at('out'), backend } as const;
    const result = (await compare(both)) as NetworkComparison;
    expect(result.matches.map(({ name, by }) => [name, by])).toEqual([
      ['conv2d_1', 'means'],
      ['max_pooling2d_1', 'means'],
      ['conv2d_2', 'means'],
      ['max_pooling2d_2', 'means'],
      ['dense_1', 'places'],
      ['dense_2', 'places'],
    ]);
    const { right, sameCount, imageCount, images } = result.judgements ?? { sameCount: 0, imageCount: 0, images: [] };
    expect(Object.values(right ?? {}).reduce((sum, count) => sum + count, 0)).toBe(imageCount);
    expect(sameCount).toBeLessThanOrEqual(imageCount);
    const differences = images.map(({ difference }) => difference);
    expect([...differences].sort((x, y) => y - x)).toEqual(differences);
    const again = (await compare({ ...both, batchSize: 7 })) as NetworkComparison;
    // Another division into batches is another sample of pairs: near, not the same.
    const [one, other] = [result, again].map(({ cka }) => cka.values[0]?.[0] as number) as [number, number];
    expect(Math.abs(one - other)).toBeLessThan(0.2);
    expect(one).not.toBe(other);
    expect(again.judgements).toEqual(result.judgements);
  });

  test('reports what of the images each of the two was trained on', async () => {
    await train({ ...options(), data: join(place.pets, 'train'), validationSplit: 0.25, out: 'third' });
    const overlaps: unknown[] = [];
    const result = (await compare({
      ...{ a: at('first'), b: at('third'), on: on(), split: 'train', out: at('out'), backend },
      onEvent: (event) => {
        if (event.type === 'overlap') overlaps.push([event.network, event.trainedOn, event.imageCount]);
      },
    })) as NetworkComparison;
    expect(overlaps).toEqual([
      [at('first'), 16, 16],
      [at('third'), 12, 16],
    ]);
    expect([result.a.overlap?.trainedOn, result.b.overlap?.heldOut]).toEqual([16, 4]);
  });

  test('says where the division of a folder is that of one network alone', async () => {
    const data = join(place.pets, 'train');
    await train({ ...options(), data, validationSplit: 0.25, out: 'third' });
    await train({ ...options(), data, validationSplit: 0.5, out: 'fourth' });
    const notes: string[] = [];
    const onEvent: CompareOptions['onEvent'] = (event) => void (event.type === 'note' && notes.push(event.message));
    const pair = {
      a: at('third'),
      b: at('fourth'),
      on: data,
      split: 'train',
      out: at('out'),
      backend,
      onEvent,
    } as const;
    const result = (await compare(pair)) as NetworkComparison;
    expect([result.split, result.imageCount]).toEqual(['train', 12]);
    expect(notes).toEqual(expect.arrayContaining([expect.stringContaining(`are those of ${at('third')}:`)]));
    notes.length = 0;
    await compare({ ...pair, split: 'validation' }); // which both held out
    expect(notes.filter((note) => note.includes('are those of'))).toEqual([]);
  });

  test('leaves out images that cannot be used, and says which', async () => {
    await fs.mkdir(at('pets'));
    for (const name of ['a', 'b', 'c', 'd', 'e']) await fs.copyFile(cat(), at(`pets/${name}.png`));
    const broken = at('pets/c.png');
    await fs.writeFile(broken, (await fs.readFile(cat())).subarray(0, 200));
    const result = (await compare({
      ...{ a: at('first'), b: at('second'), on: at('pets'), out: at('out'), backend },
    })) as NetworkComparison;
    expect([result.imageCount, result.badImages.map(({ path }) => path)]).toEqual([4, [broken]]);
  });

  test('says of which images and batches the CKA is', async () => {
    const messages: string[] = [];
    const result = (await compare({
      ...{ a: at('first'), b: at('second'), on: on(), split: 'train', batchSize: 5, out: at('out'), backend },
      onEvent: (event) => event.type === 'note' && messages.push(event.message),
    })) as NetworkComparison;
    // 5 + 5 + 5 + 1
    expect([result.imageCount, result.cka.imageCount, result.cka.batchSize]).toEqual([16, 15, 5]);
    expect(messages).toEqual(expect.arrayContaining([expect.stringMatching(/by batches of 5 images/)]));
    const manifest = JSON.parse(await fs.readFile(at('out/manifest.json'), 'utf8'));
    expect(manifest.cka.batchSize).toBe(5);
    expect(manifest.options).not.toHaveProperty('model');
    expect(manifest.models.map(({ path }: { path: string }) => path)).toEqual([at('first'), at('second')]);
  });

  test('gives each network its own pixels where only interpolation and rescale differ', async () => {
    await train({ ...options(), seed: 5, interpolation: 'bilinear', out: 'raw' });
    const record = JSON.parse(await fs.readFile(at('raw/run.json'), 'utf8'));
    record.preprocessing.rescale = 0.05;
    await fs.writeFile(at('raw/run.json'), JSON.stringify(record));
    const result = (await compare({
      a: at('first'),
      b: at('raw'),
      on: on(),
      out: at('out'),
      backend,
    })) as NetworkComparison;
    const images = result.judgements?.images ?? [];
    const predicted = await predict({ model: at('raw'), images: images.map(({ path }) => path), backend });
    const byPath = new Map(predicted.predictions.map((each) => [each.image, each.probability]));
    for (const { path, b } of images) expect(b.probability).toBeCloseTo(byPath.get(path) ?? -1, 5);
    expect(images).toHaveLength(16);
  });

  test('stops between two batches', async () => {
    const stopped = compare({
      a: at('first'),
      b: at('second'),
      on: on(),
      out: at('out'),
      backend,
      signal: AbortSignal.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(fs.access(at('out'))).rejects.toThrow();
  });

  test('refuses a folder of too few images', async () => {
    await fs.mkdir(at('few'));
    for (const name of ['a', 'b', 'c']) await fs.copyFile(cat(), at(`few/${name}.png`));
    const few = compare({ a: at('first'), b: at('second'), on: at('few'), out: at('out'), backend });
    await expect(few).rejects.toMatchObject({ code: 'BAD_DATASET', message: expect.stringMatching(/4 images/) });
  });
});

describe('two images on a network', () => {
  test('are compared channel by channel', async () => {
    const result = (await compare({
      a: cat(),
      b: dog(),
      model: at('first'),
      out: at('out'),
      backend,
    })) as MapComparison;
    expect(result).toMatchObject({ kind: 'images', a: { image: cat() }, b: { image: dog() }, unmatched: [] });
    expect(result.layers.map(({ name }) => name)).toEqual([
      'conv2d_1',
      'max_pooling2d_1',
      'conv2d_2',
      'max_pooling2d_2',
    ]);
    expect(result.layers[0]?.channels).toHaveLength(3);
    expect(result.layers.some(({ channels }) => channels.some(({ difference }) => (difference ?? 0) > 0))).toBe(true);
    const same = (await compare({ a: cat(), b: cat(), model: at('first'), out: at('out'), backend })) as MapComparison;
    for (const { cosine, channels } of same.layers) {
      expect(cosine).toBeCloseTo(1, 6);
      expect(channels.map(({ difference }) => difference)).toEqual(channels.map(() => 0));
    }
  });
});

describe('two networks on an image', () => {
  test('are compared in the layers that they have in common, epochs of a run by their number', async () => {
    const on = { a: `${at('first')}@2`, b: `${at('first')}@4`, on: cat(), out: at('out'), backend } as const;
    const result = (await compare(on)) as MapComparison;
    expect([result.a.epoch, result.b.epoch]).toEqual([2, 4]);
    expect(result.layers).toHaveLength(4);
    expect(result.layers[2]?.channels.some(({ difference }) => (difference ?? 0) > 0)).toBe(true);
  });

  test('refuse to choose the weights of an epoch', async () => {
    const on = { a: `${at('first')}@2`, b: at('second'), on: cat(), out: at('out'), weights: 'best', backend } as const;
    await expect(compare(on)).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: `weights: ${at('first')}@2 names the weights of an epoch: leave it out`,
    });
  });

  test('say so where they have none', async () => {
    const apart = compare({ a: at('first'), b: at('second'), on: cat(), out: at('out'), backend });
    await expect(apart).rejects.toMatchObject({ code: 'BAD_MODEL', hint: expect.stringMatching(/--on DIR/) });
  });
});

describe('what cannot be compared', () => {
  test.each<[string, { a: () => string; b: () => string; on?: () => string }, RegExp]>([
    ['an image with a network', { a: cat, b: () => at('first') }, /two images, or two networks/],
    ['networks on nothing', { a: () => at('first'), b: () => at('second') }, /on: expected an image or a folder/],
    ['images on an image', { a: cat, b: dog, on: cat }, /on: expected two networks together with it/],
  ])('is refused: %s', async (_, { a, b, on }, message) => {
    const refused = compare({ a: a(), b: b(), ...(on && { on: on() }), out: at('out'), backend });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_ARGUMENT', message: expect.stringMatching(message) });
  });
});

describe('the weights of an epoch', () => {
  test('stay where they are kept, with those of the best epoch and the last two', async () => {
    await train({ ...options(), epochs: 6, keepEpochs: 2, out: 'long' });
    const { kept } = await readRun(at('long'));
    expect(kept?.map(({ epoch }) => epoch)).toEqual([2, 4, 6]);
    for (const { folder } of kept ?? []) await fs.access(join(at('long'), folder, 'weights.bin'));
    await train({ resume: at('long'), epochs: 8 });
    expect((await readRun(at('long'))).kept?.map(({ epoch }) => epoch)).toEqual([2, 4, 6, 8]);
  });

  test('that are gone are named by those that are there', async () => {
    const gone = compare({ a: `${at('first')}@1`, b: at('first'), on: cat(), out: at('out'), backend });
    await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringMatching(/epoch 1$/) });
  });
});
