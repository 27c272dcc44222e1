import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import type { EvaluateOptions } from '../../../src/commands/evaluate/options.js';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainResult } from '../../../src/commands/train/result.js';
import type { WorkflowEvent } from '../../../src/events.js';

let folder: string;
let pets: string;
let run: TrainResult;

// Three classes, trained a little: nothing here needs it to be good.
beforeAll(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-evaluate-')));
  pets = join(folder, 'pets');
  await sampleData({ dir: pets, classes: 3, imageSize: 32, train: 10, validation: 5, test: 4 });
  run = await train({
    data: pets,
    out: join(folder, 'run'),
    backend: 'cpu',
    imageSize: 16,
    filters: [6, 8],
    dense: 12,
    epochs: 3,
    learningRate: 1e-3,
  });
  return () => fs.rm(folder, { recursive: true });
});

beforeEach(() => {
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});

afterEach(() => {
  vi.restoreAllMocks();
});

function judge(change: Partial<EvaluateOptions> = {}) {
  return evaluate({ data: pets, model: run.path, backend: 'cpu', ...change });
}

test('a softmax network over three classes was trained', () => {
  expect(run.record.classNames).toEqual(['cats', 'dogs', 'rabbits']);
  expect(run.record.model.layers.at(-1)?.outputShape).toEqual([null, 3]);
});

test.each(['last', 'best'] as const)(
  'the %s weights give the metrics that training found on the validation images',
  async (weights) => {
    const { last, best } = run.record.weights;
    const { val_loss: losses = [], val_acc: accuracies = [] } = run.record.history;
    const epoch = (weights === 'last' ? last : best)?.epoch ?? 0;
    const result = await judge({ split: 'validation', weights, batchSize: 7 });
    expect(result).toMatchObject({ split: 'validation', imageCount: 15, model: { path: run.path, weights, epoch } });
    expect(result.loss).toBeCloseTo(losses[epoch - 1] as number, 5);
    expect(result.accuracy).toBeCloseTo(accuracies[epoch - 1] as number, 12);
  },
);

test('the test images are evaluated where there are some, else the validation images', async () => {
  expect(await judge()).toMatchObject({ split: 'test', imageCount: 12 });
  await fs.cp(join(pets, 'train'), join(folder, 'two/train'), { recursive: true });
  await fs.cp(join(pets, 'validation'), join(folder, 'two/val'), { recursive: true });
  expect(await judge({ data: join(folder, 'two') })).toMatchObject({ split: 'validation', imageCount: 15 });
  expect(await judge({ data: join(pets, 'test') })).toMatchObject({ split: null, imageCount: 12 });
});

test('a folder that was split for training is split in the same way again', async () => {
  const data = join(pets, 'train');
  const trained = await train({
    data,
    out: join(folder, 'flat'),
    backend: 'cpu',
    imageSize: 16,
    filters: [4],
    dense: 4,
    epochs: 1,
    seed: 9,
  });
  const result = await judge({ data, model: trained.path });
  expect(result).toMatchObject({ split: 'validation', imageCount: trained.record.counts.validation });
  expect(result.loss).toBeCloseTo(trained.record.history.val_loss?.[0] as number, 5);
});

test('events report the images, the network and every batch', async () => {
  const events: WorkflowEvent[] = [];
  await judge({ batchSize: 5, onEvent: (event) => events.push(event) });
  expect(events.map(({ type }) => type)).toEqual([
    'stage',
    'dataset',
    'overlap',
    'stage',
    'backend',
    'model',
    'stage',
    ...new Array(3).fill('evaluation-step'),
  ]);
  expect(events.at(-1)).toMatchObject({ step: 3, steps: 3 });
});

test('a bad image does not count and is listed', async () => {
  const data = join(folder, 'damaged');
  await fs.cp(join(pets, 'test'), data, { recursive: true });
  await fs.writeFile(join(data, 'cats/zz.png'), 'not an image');
  const result = await judge({ data });
  expect(result).toMatchObject({ imageCount: 12, badImages: [{ path: join(data, 'cats/zz.png') }] });
  await expect(judge({ data, onBadImage: 'fail' })).rejects.toMatchObject({ code: 'BAD_IMAGE' });
});

test('the metrics agree with each other, and the worst mistakes come first', async () => {
  const result = await judge({ mistakes: 3 });
  const { confusionMatrix, classes, mistakes, mistakeCount, accuracy, accuracyInterval, calibration } = result;
  expect(confusionMatrix.flat().reduce((sum, count) => sum + count, 0)).toBe(12);
  expect(classes.map(({ className, support }) => [className, support])).toEqual([
    ['cats', 4],
    ['dogs', 4],
    ['rabbits', 4],
  ]);
  expect(mistakeCount).toBe(12 - Math.round(accuracy * 12));
  expect(mistakes.length).toBe(Math.min(3, mistakeCount));
  expect(accuracyInterval.low).toBeLessThan(accuracy);
  expect(accuracyInterval.high).toBeGreaterThan(accuracy);
  expect(calibration.bins.reduce((sum, { count }) => sum + count, 0)).toBe(12);
  for (const { path, trueClass, predictedClass, probability, trueProbability } of mistakes) {
    expect(path).toContain(`/test/${trueClass}/`);
    expect(predictedClass).not.toBe(trueClass);
    expect(probability).toBeGreaterThanOrEqual(trueProbability);
  }
  const probabilities = mistakes.map(({ trueProbability }) => trueProbability);
  expect(probabilities).toEqual([...probabilities].sort((a, b) => a - b));
});

describe('pictures', () => {
  test('are written to a folder, with the metrics', async () => {
    const out = join(folder, 'assessed');
    const events: WorkflowEvent[] = [];
    const result = await judge({ out, mistakes: 2, onEvent: (event) => events.push(event) });
    const files = ['confusion-matrix.png', 'roc.png', 'reliability.png', 'mistakes.png', 'manifest.json'];
    expect((await fs.readdir(out)).sort()).toEqual([...files].sort());
    const { out: _, ...metrics } = result;
    expect(JSON.parse(await fs.readFile(join(out, 'manifest.json'), 'utf8'))).toMatchObject({
      format: 'cnnviz-evaluation',
      ...metrics,
      files,
    });
    expect(events.flatMap((event) => (event.type === 'file-written' ? [event.path] : []))).toEqual(
      files.map((name) => join(out, name)),
    );
    expect(result.out).toBe(out);
    await judge({ out }); // an earlier result may be replaced
  });

  test('are there when the accuracy is too low', async () => {
    const out = join(folder, 'too-low');
    await expect(judge({ out, minAccuracy: 1 })).rejects.toMatchObject({ code: 'BELOW_THRESHOLD' });
    expect(await fs.readdir(out)).toContain('mistakes.png');
  });

  test('never go where something else is, and that is said before the work', async () => {
    const events: WorkflowEvent[] = [];
    const refused = judge({ out: pets, onEvent: (event) => events.push(event) });
    await expect(refused).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
    expect(events).toEqual([]);
  });
});

test('mistakes are explained where that is asked for, and only said to be too few here', async () => {
  const out = join(folder, 'explained');
  const { mistakeGroups = [], mistakeCount } = await judge({ explain: true, out });
  expect(mistakeGroups.reduce((sum, each) => sum + each.mistakeCount, 0)).toBe(mistakeCount);
  for (const each of mistakeGroups) expect(each).toMatchObject({ explainedCount: 0, groups: [] });
  expect(JSON.parse(await fs.readFile(join(out, 'manifest.json'), 'utf8')).mistakeGroups).toEqual(mistakeGroups);
  expect((await judge()).mistakeGroups).toBeUndefined();
});

describe('suspects', () => {
  test('are the images of validation and test with the least probable labels, and no file changes', async () => {
    const before = await fs.readdir(pets, { recursive: true });
    const result = await evaluate({ model: run.path, backend: 'cpu', suspects: 1000, mistakes: 200 });
    expect(result).toMatchObject({ split: 'held-out', imageCount: 27 });
    const suspects = result.suspects ?? [];
    expect(suspects.length).toBe(27);
    expect(suspects.filter(({ path }) => path.startsWith(join(pets, 'test'))).length).toBe(12);
    const probabilities = suspects.map(({ trueProbability }) => trueProbability);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => a - b));
    for (const { path, trueClass } of suspects) expect(path).toContain(`/${trueClass}/`);
    expect(suspects.filter(({ trueClass, predictedClass }) => trueClass !== predictedClass)).toEqual(result.mistakes);
    expect(await fs.readdir(pets, { recursive: true })).toEqual(before);
  });

  test('have an image first that lies in the folder of another class', async () => {
    const [surest] = [...((await judge({ suspects: 1000 })).suspects ?? [])].reverse();
    const data = join(folder, 'mislabeled');
    await fs.cp(join(pets, 'test'), data, { recursive: true });
    const { path = '', trueClass, trueProbability = 0 } = surest ?? {};
    const other = trueClass === 'cats' ? 'dogs' : 'cats';
    await fs.rm(path.replace(pets, data).replace('/test/', '/').replace('/validation/', '/'), { force: true });
    await fs.copyFile(path, join(data, other, 'moved.png'));
    const { suspects = [], split } = await judge({ data, suspects: 100 });
    expect(split).toBeNull();
    expect(suspects.find((each) => each.path.endsWith('moved.png'))).toMatchObject({
      trueClass: other,
      predictedClass: trueClass,
      probability: expect.closeTo(trueProbability, 5),
    });
  });

  test('are drawn, and listed as a table', async () => {
    const out = join(folder, 'suspected');
    const { suspects = [] } = await judge({ out, suspects: 3, split: 'test' });
    const rows = (await fs.readFile(join(out, 'suspects.csv'), 'utf8')).trim().split('\r\n');
    expect(rows[0]).toBe('rank,path,label,label probability,predicted class,predicted probability');
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 3))).toEqual(
      suspects.map(({ path, trueClass }, index) => [`${index + 1}`, path, trueClass]),
    );
    expect(await fs.readdir(out)).toContain('suspects.png');
  });

  test('of a network without a run need a folder, and others are evaluated on a named one', async () => {
    const model = join(folder, 'without-run');
    await fs.cp(join(run.path, run.record.weights.last.folder), model, { recursive: true });
    for (const options of [{ suspects: 5, model }, { model: run.path }])
      await expect(evaluate({ backend: 'cpu', ...options })).rejects.toMatchObject({
        code: 'BAD_ARGUMENT',
        message: expect.stringMatching(/^data: expected a folder of images/),
      });
  });
});

test('images of one class have no ROC curve, and everything else', async () => {
  const data = join(folder, 'one-class');
  for (const name of ['dogs', 'rabbits']) {
    await fs.mkdir(join(data, 'test', name), { recursive: true });
    await fs.writeFile(join(data, 'test', name, 'broken.png'), 'not an image');
  }
  await fs.cp(join(pets, 'test/cats'), join(data, 'test/cats'), { recursive: true });
  const out = join(folder, 'one-class-judged');
  const result = await judge({ data, out });
  expect(result.rocAuc).toBeNull();
  expect(result.classes.map(({ recall }) => recall === null)).toEqual([false, true, true]);
  expect(await fs.readdir(out)).not.toContain('roc.png');
});

test('a network that gives no numbers is refused', async () => {
  const broken = join(folder, 'broken');
  await fs.cp(run.path, broken, { recursive: true });
  for (const name of ['last', 'best'] as const) {
    const weights = join(broken, run.record.weights[name]?.folder as string, 'weights.bin');
    await fs.rm(join(weights, '../checkpoint.json'), { force: true }); // else they are damaged weights
    const { length } = await fs.readFile(weights);
    await fs.writeFile(weights, new Uint8Array(new Float32Array(length / 4).fill(Number.NaN).buffer));
  }
  await expect(judge({ model: broken })).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(/outputs NaN/),
  });
});

describe('the least accuracy', () => {
  test('that is reached passes', async () => {
    const { accuracy } = await judge();
    expect((await judge({ minAccuracy: accuracy })).accuracy).toBe(accuracy);
  });

  test('that is missed is reported in one line', async () => {
    await expect(judge({ minAccuracy: 1 })).rejects.toMatchObject({
      code: 'BELOW_THRESHOLD',
      message: expect.stringMatching(/^accuracy 0\.\d{4} on 12 test images is below 1$/),
    });
  });
});

test('nothing is left behind, whether it goes well or not', async () => {
  const before = tf.memory().numTensors;
  await judge();
  await expect(judge({ minAccuracy: 1 })).rejects.toMatchObject({ code: 'BELOW_THRESHOLD' });
  await expect(judge({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
  expect(tf.memory().numTensors).toBe(before);
});

describe('classes other than those of the training', () => {
  test('can be one class alone, or a part without images of another', async () => {
    const data = join(folder, 'one-alone');
    await fs.cp(join(pets, 'test/dogs'), join(data, 'dogs'), { recursive: true });
    const events: WorkflowEvent[] = [];
    const result = await judge({ data, onEvent: (event) => events.push(event) });
    expect(result).toMatchObject({ imageCount: 4, missingClasses: ['cats', 'rabbits'], rocAuc: null });
    const [cats, dogs] = result.classes;
    expect(cats).toMatchObject({ support: 0, precision: null, recall: null });
    expect(dogs).toMatchObject({ support: 4, precision: null, f1: null, recall: result.accuracy });
    expect(events).toContainEqual({
      type: 'warning',
      message: expect.stringMatching(/^no images of cats, rabbits: with one class only/),
    });
    const divided = join(folder, 'one-lacks');
    await fs.cp(join(pets, 'train'), join(divided, 'train'), { recursive: true });
    await fs.cp(join(pets, 'test'), join(divided, 'test'), { recursive: true });
    await fs.rm(join(divided, 'test/cats'), { recursive: true });
    expect(await judge({ data: divided })).toMatchObject({ split: 'test', imageCount: 8, missingClasses: ['cats'] });
  });

  test('are left out, and those that are there are evaluated by name', async () => {
    const data = join(folder, 'others');
    await fs.cp(join(pets, 'test'), data, { recursive: true });
    await fs.rename(join(data, 'cats'), join(data, 'lions'));
    await fs.rename(join(data, 'rabbits'), join(data, 'a'));
    await fs.rename(join(data, 'dogs'), join(data, 'rabbits'));
    await fs.rename(join(data, 'a'), join(data, 'dogs'));
    const events: WorkflowEvent[] = [];
    const result = await judge({ data, onEvent: (event) => events.push(event) });
    expect(result).toMatchObject({
      imageCount: 8,
      classNames: ['cats', 'dogs', 'rabbits'],
      missingClasses: ['cats'],
      unknownClasses: [{ className: 'lions', imageCount: 4 }],
    });
    const [cats, dogs, rabbits] = result.classes;
    expect(cats).toMatchObject({ support: 0, precision: null, recall: null, f1: null, rocAuc: null });
    expect(result.macro.recall).toBeCloseTo(((dogs?.recall ?? 0) + (rabbits?.recall ?? 0)) / 2, 12);
    expect(result.mistakes.every(({ path, trueClass }) => path.includes(`/${trueClass}/`))).toBe(true);
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(warnings).toEqual([
      'not used, since the network has no such class: lions (4)',
      expect.stringMatching(/^no images of cats: their metrics are undefined/),
    ]);
  });

  test('are refused where the network knows none', async () => {
    const data = join(folder, 'strangers');
    for (const name of ['cats', 'dogs'])
      await fs.cp(join(pets, 'test', name), join(data, `${name}!`), { recursive: true });
    await expect(judge({ data })).rejects.toMatchObject({
      code: 'BAD_DATASET',
      message: expect.stringMatching(/it has cats!, dogs!, the network knows cats, dogs, rabbits$/),
    });
  });

  test('of a network without class names are taken in their order, which is printed', async () => {
    const model = join(folder, 'foreign');
    await fs.cp(join(run.path, run.record.weights.last.folder), model, { recursive: true });
    const events: WorkflowEvent[] = [];
    const result = await judge({ model, onEvent: (event) => events.push(event) });
    expect(result).toMatchObject({ imageCount: 12, overlap: null, missingClasses: [] });
    expect(events).toContainEqual({
      type: 'warning',
      message: expect.stringMatching(/no class names.*alphabetical order: 0 = cats, 1 = dogs, 2 = rabbits\. If/),
    });
    const data = join(folder, 'two-classes');
    for (const name of ['cats', 'dogs']) await fs.cp(join(pets, 'test', name), join(data, name), { recursive: true });
    await expect(judge({ model, data })).rejects.toMatchObject({
      code: 'BAD_DATASET',
      message: expect.stringMatching(/3 classes without names, the folder has 2/),
    });
  });
});

test('a part that is not there is refused with those that are', async () => {
  await expect(judge({ data: join(pets, 'test'), split: 'test' })).rejects.toMatchObject({
    code: 'BAD_DATASET',
    message: expect.stringMatching(/no test images, only train/),
  });
});

test.each<[Partial<EvaluateOptions>, string]>([
  [{ minAccuracy: 85 }, 'BAD_ARGUMENT'],
  [{ split: 'holdout' as 'test' }, 'BAD_ARGUMENT'],
  [{ batchSize: 0 }, 'BAD_ARGUMENT'],
  [{ mistakes: -1 }, 'BAD_ARGUMENT'],
  [{ mistakes: 201 }, 'BAD_ARGUMENT'],
  [{ suspects: 0 }, 'BAD_ARGUMENT'],
  [{ out: '' }, 'BAD_ARGUMENT'],
  [{ data: '' }, 'BAD_ARGUMENT'],
  [{ weights: 'first' as 'last' }, 'BAD_ARGUMENT'],
  [{ model: '/does/not/exist' }, 'NOT_FOUND'],
  [{ data: '/does/not/exist' }, 'NOT_FOUND'],
])('%j is refused with %s', async (change, code) => {
  await expect(judge(change)).rejects.toMatchObject({ code });
});

test('without any run it says that there is none, and what to do', async () => {
  vi.spyOn(process, 'cwd').mockReturnValue(pets);
  await expect(judge({ model: 'runs/latest' })).rejects.toMatchObject({
    code: 'NO_MODEL',
    message: 'there is no trained network here: runs does not exist here',
    hint: expect.stringMatching(/cnnviz train/),
  });
});

test('a run that was kept elsewhere is the last one, too', async () => {
  const flat = join(folder, 'kept');
  const tiny = { imageSize: 12, filters: [2], dense: 2, epochs: 1, backend: 'cpu' } as const;
  const { path } = await train({ data: pets, out: flat, ...tiny });
  const { model } = await judge({ model: 'runs/latest' });
  expect(model.path).toBe(path);
});
