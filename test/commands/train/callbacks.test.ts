import fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SharedEvent } from '../../../src/commands/shared/events.js';
import type { TrainingEvent } from '../../../src/commands/train/events.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import { findModel } from '../../../src/runs/find-model.js';
import { decodePng } from '../../helpers/decode-png.js';
import { readEvents } from '../../helpers/event-reader.js';
import { trainWithEvents, usePlace } from './training-fixture.js';

const place = usePlace({ train: 6, validation: 3 });

/** A network that learns nothing: every epoch's metrics are those of the first. */
function trainInVain(change: Partial<TrainOptions>) {
  const network = { backend: 'cpu', imageSize: 12, filters: [2, 2], dense: 4 } as const;
  const given = change.resume === undefined ? { data: place.pets, ...network, learningRate: 1e-30, epochs: 9 } : {};
  return trainWithEvents({ ...given, ...change });
}

test('early stopping ends a run after epochs that were no better; the first of equal ones is the best', async () => {
  const { record, events, path } = await trainInVain({ earlyStopping: 3 });
  expect(record).toMatchObject({ status: 'finished', weights: { last: { epoch: 4 }, best: { epoch: 1 } } });
  expect(new Set(record.history.val_loss).size).toBe(1);
  expect(events.at(-1)).toEqual({ type: 'stopped-early', epoch: 4, monitor: 'val_loss', patience: 3 });
  expect(events.filter((event) => event.type === 'epoch-ended').map(({ isBest }) => isBest)).toEqual([
    ...[true, false, false, false],
  ]);
  // It stays ended, until it is given more patience.
  await expect(train({ resume: path })).rejects.toMatchObject({
    code: 'RUN_FINISHED',
    message: 'the run has already stopped early, after epoch 4',
    hint: 'Continue with --no-early-stopping or a larger patience.',
  });
  const patient = await trainInVain({ resume: path, earlyStopping: 5 });
  expect(patient.record.weights.last.epoch).toBe(6);
  const endless = await trainInVain({ resume: path, earlyStopping: false });
  expect(endless.record.weights).toMatchObject({ last: { epoch: 9 }, best: { epoch: 1 } });
});

test('epochs behind the end of a cosine that ends at 0 are warned of', async () => {
  const options = { schedule: 'cosine', scheduleEpochs: 1, epochs: 2 } as const;
  const { warnings, record } = await trainInVain(options);
  expect(record.history.learning_rate?.at(-1)).toBe(0);
  expect(warnings).toEqual([expect.stringMatching(/rate of 0 after epoch 1, .*--schedule-epochs 2 stretches it$/)]);
  const mild = await trainInVain({ ...options, finalLearningRate: 1e-31 });
  expect(mild.warnings).toEqual([]);
});

test('a plateau reduces the learning rate, and says so', async () => {
  const { record, events } = await trainInVain({
    reduceOnPlateau: true,
    plateauPatience: 2,
    plateauFactor: 0.5,
    epochs: 6,
  });
  expect(record.history.learning_rate).toEqual([1, 1, 1, 0.5, 0.5, 0.25].map((scale) => scale * 1e-30));
  expect(events.filter(({ type }) => type === 'learning-rate-reduced')).toEqual([
    { type: 'learning-rate-reduced', epoch: 3, learningRate: 0.5e-30 },
    { type: 'learning-rate-reduced', epoch: 5, learningRate: 0.25e-30 },
  ]);
});

test('every run holds its history for other programs, whole after a resumption too', async () => {
  const abort = new AbortController();
  const onEvent = ({ type }: SharedEvent | TrainingEvent) => type === 'saved' && abort.abort();
  const { path } = await trainInVain({ epochs: 3, signal: abort.signal, onEvent });
  const { record } = await trainInVain({ resume: path });
  const { loss = [], val_acc: accuracies = [] } = record.history;
  const rows = JSON.parse(await fs.readFile(join(path, 'history.json'), 'utf8'));
  expect(rows).toMatchObject([0, 1, 2].map((index) => ({ epoch: index + 1, loss: loss[index], learning_rate: 1e-30 })));
  expect(rows.map((row: { seconds: number }) => row.seconds)).toEqual(record.epochSeconds);
  const lines = (await fs.readFile(join(path, 'history.csv'), 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines.at(-1)?.split(',').slice(0, 6)).toEqual(
    [3, loss[2], record.history.acc?.[2], record.history.val_loss?.[2], accuracies[2], 1e-30].map(String),
  );
});

test('the best epoch is the one with the best monitored metric; commands take the last if the run was made for that', async () => {
  const options = { monitor: 'val_accuracy', learningRate: 1e-2, epochs: 5, defaultWeights: 'last' } as const;
  const { record, path } = await trainInVain(options);
  expect((await findModel(path)).run).toMatchObject({ kind: 'last', weights: { epoch: 5 } });
  const { val_acc: accuracies = [] } = record.history;
  const highest = Math.max(...accuracies);
  expect(record.weights.best).toMatchObject({
    monitor: 'val_accuracy',
    value: highest,
    epoch: accuracies.indexOf(highest) + 1,
  });
});

test('without validation a training metric has to be named where one is needed', async () => {
  const data = { data: join(place.pets, 'train'), validationSplit: 0, epochs: 2 };
  for (const change of [{ monitor: 'val_loss' as const }, { earlyStopping: 2 }, { reduceOnPlateau: true }]) {
    await expect(trainInVain({ ...data, ...change })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: 'monitor: expected loss or accuracy, since there are no validation images, received "val_loss"',
    });
  }
  expect(await fs.readdir(place.folder)).toEqual([]);
  const { record } = await trainInVain({ ...data, monitor: 'loss', earlyStopping: 5 });
  expect(record.weights.best).toMatchObject({ monitor: 'loss' });
  expect((await trainInVain(data)).record.weights.best).toBeUndefined();
});

/** What TensorBoard gets to see of a part of a run: [step, tags]; a restart has none. */
async function readLog(path: string, part: string): Promise<[step: number, tags: string[]][]> {
  const folder = join(path, 'logs', part);
  const names = (await fs.readdir(folder)).sort();
  const contents = await Promise.all(names.map((name) => fs.readFile(join(folder, name))));
  return contents.flatMap(readEvents).map(({ step, values }) => [step, values.map(({ tag }) => tag)]);
}

test('a log for TensorBoard has curves, weights and pictures of every epoch, and goes on where a run does', async () => {
  const abort = new AbortController();
  const onEvent = ({ type }: SharedEvent | TrainingEvent) => type === 'saved' && abort.abort();
  const { path } = await trainInVain({ log: 'tensorboard', epochs: 2, signal: abort.signal, onEvent });
  const scalars = ['epoch_loss', 'epoch_accuracy'];
  const weights = ['conv2d_1', 'conv2d_2', 'dense_1', 'dense_2'].flatMap((name) => [`${name}/kernel`, `${name}/bias`]);
  const pictures = ['filters/conv2d_1', 'activations/conv2d_1', 'activations/conv2d_2'];
  const first = [1, [...scalars, 'epoch_learning_rate', ...weights, ...pictures]];
  const begin = [0, []]; // the version of the format
  expect(await readLog(path, 'train')).toEqual([begin, [1, []], first]);
  expect(await readLog(path, 'validation')).toEqual([begin, [1, []], [1, scalars]]);

  const { record } = await trainInVain({ resume: path });
  expect(await readLog(path, 'validation')).toEqual([begin, [1, []], [1, scalars], begin, [2, []], [2, scalars]]);
  const [file] = (await fs.readdir(join(path, 'logs/train'))).sort();
  const [, , event] = readEvents(await fs.readFile(join(path, 'logs/train', file as string)));
  const [loss, , rate, kernel] = event?.values ?? [];
  expect([loss?.scalar, rate?.scalar]).toEqual(
    [record.history.loss?.[0], 1e-30].map((value) => Math.fround(value ?? 0)),
  );
  // conv2d_1's kernel, 3 x 3 x 3 x 2, comes first among the weights, which no epoch has changed
  const saved = await fs.readFile(join(path, record.weights.last.folder, 'weights.bin'));
  const values = new Float32Array(Uint8Array.from(saved).buffer, 0, 54);
  expect(kernel?.histogram).toEqual({ min: Math.min(...values), max: Math.max(...values), count: 54 });
  const picture = event?.values.find(({ tag }) => tag === 'activations/conv2d_2');
  const { width, height } = decodePng(picture?.png as Uint8Array);
  expect([picture?.width, picture?.height]).toEqual([width, height]);

  await trainInVain({ out: path, overwrite: true, epochs: 1 });
  expect(await fs.readdir(path)).not.toContain('logs');
});

test('a run without validation logs its training alone', async () => {
  const data = { data: join(place.pets, 'train'), validationSplit: 0, epochs: 1 };
  const { path } = await trainInVain({ ...data, log: 'tensorboard' });
  expect(await fs.readdir(join(path, 'logs'))).toEqual(['train']);
  const tags = (await readLog(path, 'train')).at(-1)?.[1];
  expect(tags).toContain('activations/conv2d_1');
});
