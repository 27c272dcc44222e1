import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { createRaster } from '../../../src/base/raster.js';
import { explain } from '../../../src/commands/explain/index.js';
import { neighbors } from '../../../src/commands/neighbors/index.js';
import { predict } from '../../../src/commands/predict/index.js';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { loadNetwork } from '../../../src/commands/shared/load-network.js';
import type { SplitChoice } from '../../../src/commands/shared/split-parts.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainResult } from '../../../src/commands/train/result.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { encodePng } from '../../../src/rendering/png.js';
import { runProgram } from '../../cli/run-program.js';
import { readPngText } from '../../helpers/png-text.js';

let folder: string;
let pets: string;
let run: TrainResult;
const at = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-neighbors-')));
  pets = at('pets');
  await sampleData({ dir: pets, imageSize: 32, train: 8, validation: 10, test: 2 });
  const small = { imageSize: 16, filters: [4, 6], dense: 8, epochs: 2, learningRate: 1e-3 };
  run = await train({ data: pets, out: at('run'), backend: 'cpu', ...small });
  await fs.writeFile(at('noise.png'), encodePng(drawNoise()));
  return () => fs.rm(folder, { recursive: true });
});

function drawNoise() {
  const noise = createRaster(32, 32, [0, 0, 0]);
  for (let byte = 0; byte < noise.data.length; byte++) if (byte % 4 < 3) noise.data[byte] = (byte * 7919) % 256;
  return noise;
}

const options = () => ({ model: run.path, backend: 'cpu' as const });
const listTrain = async (name: string) =>
  (await fs.readdir(join(pets, 'train', name))).sort().map((file) => join(pets, 'train', name, file));

test('the nearest images are those of the training whose weighted features have the smallest angle', async () => {
  const image = join(pets, 'test/cats', (await fs.readdir(join(pets, 'test/cats')))[0] as string);
  const { images, layer, searchedCount } = await neighbors({
    ...options(),
    images: [image],
    count: 16,
    out: at('all'),
  });
  expect([layer, searchedCount]).toEqual(['dense_1', 16]);
  const loaded = await loadNetwork(options());
  const featuresOf = async (path: string) => {
    const [output] = await loaded.network.run(await loaded.readInput(path), 1, ['dense_1']);
    return [...(output?.values ?? [])];
  };
  const { gradient } = await loaded.network.differentiate(await loaded.readInput(image), 'dense_1', Float32Array.of(1));
  const weigh = (features: number[]) => features.map((value, unit) => value * (gradient[unit] as number));
  const multiply = (one: number[], other: number[]) =>
    one.reduce((sum, value, unit) => sum + value * (other[unit] as number), 0);
  const own = weigh(await featuresOf(image));
  const expected = [];
  for (const name of ['cats', 'dogs']) {
    for (const path of await listTrain(name)) {
      const other = weigh(await featuresOf(path));
      const scale = Math.sqrt(multiply(own, own) * multiply(other, other));
      const similarity = scale > 0 ? multiply(own, other) / scale : 0;
      expected.push({ path, className: name, similarity });
    }
  }
  loaded.dispose();
  expected.sort((a, b) => b.similarity - a.similarity);
  const found = images[0]?.neighbors ?? [];
  expect(found.map(({ similarity }) => similarity)).toEqual(
    expected.map(({ similarity }) => expect.closeTo(similarity, 4)),
  );
  expect(found[0]).toMatchObject({ path: expected[0]?.path, className: expected[0]?.className });
});

test('an image is not its own neighbor, but its copy is', async () => {
  const [image = '', second = ''] = await listTrain('dogs');
  await fs.copyFile(image, at('copy.png'));
  const { images } = await neighbors({
    ...options(),
    images: [image, at('copy.png'), second],
    count: 2,
    out: at('several'),
  });
  const [own, copy] = images.map((each) => each.neighbors);
  expect(own?.map(({ path }) => path)).not.toContain(image);
  expect(copy?.[0]).toEqual({ path: image, className: 'dogs', similarity: expect.closeTo(1, 6) });
  expect(copy?.[1]).toMatchObject({ path: own?.[0]?.path });
});

test('an image reached through a link, or in a folder reached through one, is not its own neighbor', async () => {
  const [image = '', other = ''] = await listTrain('dogs');
  await fs.symlink(image, at('link.png'));
  await fs.symlink(pets, at('linked'));
  for (const [index, data] of [pets, at('linked')].entries()) {
    const out = at(`linked-${index}`);
    const { images } = await neighbors({ ...options(), images: [at('link.png'), other], data, count: 15, out });
    const names = images.map((each) => each.neighbors.map(({ path }) => path.replace(at('linked'), pets)));
    expect(names.map(({ length }) => length)).toEqual([15, 15]);
    expect(names[0]).not.toContain(image);
    expect(names[1]).not.toContain(other);
  }
});

test('the sheet speaks of training images only where they are some', async () => {
  const wordsOf = async (data: string, name: string) => {
    let announced: SplitChoice | null = null;
    const onEvent = (event: WorkflowEvent) => {
      if (event.type === 'dataset') announced = event.split;
    };
    await neighbors({ ...options(), images: [at('noise.png')], data, count: 1, out: at(name), onEvent });
    const { Split, Images } = readPngText(await fs.readFile(at(name, 'neighbors.png')));
    expect(announced ?? undefined).toBe(Split);
    return [Split, Images];
  };
  await fs.cp(join(pets, 'test'), at('unrelated'), { recursive: true });
  await fs.cp(join(pets, 'train'), at('own'), { recursive: true });
  expect(await wordsOf(pets, 'sheet-run')).toEqual(['train', '16']);
  expect(await wordsOf(at('own'), 'sheet-own')).toEqual(['train', '16']);
  expect(await wordsOf(at('unrelated'), 'sheet-unrelated')).toEqual([undefined, '4']);
});

test('each image gets a folder with a contact sheet and a manifest', async () => {
  const [image = ''] = await listTrain('cats');
  const before = tf.memory().numTensors;
  await neighbors({ ...options(), images: [image], data: join(pets, 'validation'), count: 3, out: at('one') });
  expect(tf.memory().numTensors).toBe(before);
  expect((await fs.readdir(at('one'))).sort()).toEqual(['manifest.json', 'neighbors.png']);
  const manifest = JSON.parse(await fs.readFile(at('one/manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({ format: 'cnnviz-neighbors', image, layer: 'dense_1', searchedCount: 20 });
  expect(manifest.neighbors).toHaveLength(3);
  expect(manifest.prediction.trueClass).toBe('cats');
});

test('a network without a run needs a folder to search', async () => {
  const model = at('foreign');
  await fs.cp(join(run.path, run.record.weights.last.folder), model, { recursive: true });
  const images = [at('noise.png')];
  await expect(neighbors({ backend: 'cpu', model, images, out: at('none') })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringMatching(/^data: expected a folder of images/),
  });
  const { searchedCount } = await neighbors({ backend: 'cpu', model, images, data: pets, out: at('foreign-out') });
  expect(searchedCount).toBe(16);
});

test.each([[{ count: 0 }], [{ count: 101 }], [{ data: '' }], [{ unlike: 1 as unknown as boolean }]])(
  '%j is refused',
  async (change) => {
    const refused = neighbors({ ...options(), images: [at('noise.png')], ...change });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  },
);

test('noise is unlike the training images, said by every command once the run has their profile', async () => {
  const events: WorkflowEvent[] = [];
  const onEvent = (event: WorkflowEvent) => void events.push(event);
  const noise = at('noise.png');
  const other = join(pets, 'validation/cats', (await fs.readdir(join(pets, 'validation/cats')))[0] as string);
  const images = [noise, other];
  const before = await predict({ ...options(), images });
  expect(before.predictions.map(({ unlike }) => unlike)).toEqual([undefined, undefined]);
  expect(await fs.readdir(run.path)).not.toContain('profile-best.json');

  const csv = at('table.csv');
  const { predictions } = await predict({ ...options(), images, unlike: true, csv, onEvent });
  expect(predictions[0]?.unlike).toMatchObject({ share: 1, isUnlike: true });
  expect(predictions[1]?.unlike?.share).toBeLessThan(1);
  expect(events).toContainEqual({
    type: 'note',
    message: expect.stringMatching(/16 training images and 20 validation images/),
  });
  const rows = (await fs.readFile(csv, 'utf8'))
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));
  expect(rows.map((row) => row.at(-1))).toEqual(['unlike share', '1', `${predictions[1]?.unlike?.share}`]);

  // From now on it is there: the same numbers, without another pass.
  const again = await predict({ ...options(), images });
  expect(again.predictions).toEqual(predictions);
  const printed = await runProgram(['predict', ...images, '--model', run.path], { env: { CNNVIZ_BACKEND: 'cpu' } });
  expect(printed.stdout).toMatch(/\n2 images: .+\n(.+\n)*[12] of 2 unlike the training images\n/);
  expect((await predict({ ...options(), images, unlike: false })).predictions[0]?.unlike).toBeUndefined();
  const found = await neighbors({ ...options(), images: [noise], out: at('noisy') });
  expect(found.images[0]?.unlike?.isUnlike).toBe(true);
  events.length = 0;
  const explained = await explain({ ...options(), images: [noise], out: at('explained'), onEvent });
  expect(explained.images[0]?.unlike).toEqual(predictions[0]?.unlike);
  expect(events).toContainEqual({
    type: 'caution',
    image: noise,
    sentence: 'unlike the training images, more than all 20 held-out images: its probability means little here',
  });
});

test('a profile of other weights or of other input is not used, and a damaged one is reported', async () => {
  const images = [at('noise.png')];
  const model = at('copied');
  await fs.cp(run.path, model, { recursive: true });
  const unlikeOf = async (change: object) =>
    (await predict({ backend: 'cpu', model, images, ...change })).predictions[0]?.unlike;
  expect(await unlikeOf({ unlike: true })).toBeDefined();
  expect(await unlikeOf({})).toBeDefined();
  expect(await unlikeOf({ preprocess: 'signed' })).toBeUndefined();
  const path = join(model, 'profile-best.json');
  const content = await fs.readFile(path, 'utf8');
  await fs.writeFile(path, content.replace(/"identity":"./, '"identity":"z'));
  expect(await unlikeOf({})).toBeUndefined();
  for (const damage of ['{}', 'x', content.replace(/"factor":"[^"]{16}/, '"factor":"'), content.slice(0, 100)]) {
    await fs.writeFile(path, damage);
    const warnings: string[] = [];
    const onEvent = (event: WorkflowEvent) => event.type === 'warning' && warnings.push(event.message);
    expect(await unlikeOf({ onEvent })).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('profile-best.json')]);
  }
  expect(await unlikeOf({ unlike: true })).toBeDefined();
});

describe('what the training images are like is not measured', () => {
  let model: string;
  const measure = () => predict({ backend: 'cpu', model, images: [at('noise.png')], unlike: true });

  beforeAll(async () => {
    const data = at('replaced');
    await sampleData({ dir: data, imageSize: 32, train: 4, validation: 10, test: 2 });
    const small = { imageSize: 16, filters: [4], dense: 4, epochs: 1 };
    model = (await train({ data, out: at('replaced-run'), backend: 'cpu', ...small })).path;
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'of 18 validation images',
      () => removeImages('validation/cats', 2),
      /expected at least 19 validation images, received 18/,
    ],
    [
      "of validation images that are not the run's",
      () => replaceImages('validation'),
      /only 0 of its 18 validation images/,
    ],
    ["of training images that are not the run's", () => replaceImages('train'), /only 0 of its 8 train images/],
    ['where the run has no list of its images', () => removeList(), /it is unknown which of its 8 train images/],
  ])('%s', async (_, change, message) => {
    await change();
    await expect(measure()).rejects.toMatchObject({ code: 'BAD_DATASET', message: expect.stringMatching(message) });
    expect(await fs.readdir(model)).not.toContain('profile-best.json');
  });

  async function removeImages(folder: string, count: number) {
    const files = await fs.readdir(at('replaced', folder));
    for (const file of files.slice(0, count)) await fs.rm(at('replaced', folder, file));
  }

  /** Under the same names. */
  async function replaceImages(part: string) {
    for (const name of ['cats', 'dogs']) {
      for (const [index, file] of (await fs.readdir(at('replaced', part, name))).entries()) {
        const path = at('replaced', part, name, file);
        await fs.writeFile(path, encodePng(createRaster(32, 32, [index, 9, name.length + 20 * part.length])));
      }
    }
  }

  async function removeList() {
    for (const file of await fs.readdir(model)) if (/^data-/.test(file)) await fs.rm(join(model, file));
  }
});

test('a network that is no run has no training images to compare with', async () => {
  const model = at('alone');
  await fs.cp(join(run.path, run.record.weights.last.folder), model, { recursive: true });
  const refused = predict({ backend: 'cpu', model, images: [at('noise.png')], unlike: true });
  await expect(refused).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringMatching(/^unlike: .* is not a run/),
  });
});
