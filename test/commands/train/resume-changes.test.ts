import fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { checkpointFolders, edit, readOutcome, STEPS, small, useResumePlace, useStoppedRun } from './resume-fixture.js';

const place = useResumePlace();
const run = useStoppedRun(place);

test.each<[string, (data: string) => Promise<void>, RegExp]>([
  [
    'a file less',
    (data) => fs.rm(join(data, 'train/cats/zz-bad.jpg')),
    /1 file is missing \(train\/cats\/zz-bad\.jpg\)$/,
  ],
  ['a file more', (data) => fs.writeFile(join(data, 'validation/dogs/b.jpg'), ''), /1 file is new \(validation\/dogs/],
  ['a class more', addClass, /its classes were cats, dogs, now they are cats, dogs, owls/],
  ['a file of the other split', moveFile, /1 file is missing \(train.*zz-bad.*1 file is new \(validation/],
])('a data folder with %s is refused', async (_, change, message) => {
  await change(run.data);
  await expect(train({ resume: run.path })).rejects.toMatchObject({
    code: 'BAD_DATASET',
    message: expect.stringMatching(message),
  });
  expect(await fs.readdir(run.path)).not.toContain('lock');
});

test('two images that have changed places are refused, though all names are as they were', async () => {
  const firstOf = async (name: string) => `${name}/${(await fs.readdir(join(place.folder, 'data', name))).sort()[0]}`;
  const names = [await firstOf('train/cats'), await firstOf('train/dogs')];
  const [cat, dog] = names.map((name) => join(place.folder, 'data', name)) as [string, string];
  const [catSize, dogSize] = [(await fs.stat(cat)).size, (await fs.stat(dog)).size];
  expect(catSize).not.toBe(dogSize);
  await fs.rename(cat, join(place.folder, 'aside'));
  await fs.rename(dog, cat);
  await fs.rename(join(place.folder, 'aside'), dog);
  const changes = [
    `${names[0]}: ${catSize} bytes then, ${dogSize} now`,
    `${names[1]}: ${dogSize} bytes then, ${catSize} now`,
  ].join('; ');
  await expect(train({ resume: run.path })).rejects.toMatchObject({
    code: 'BAD_DATASET',
    message: `${run.data}: these are not the images that the run was trained on: 2 files are of another size (${changes})`,
  });
});

test('a run of the first versions, which recorded less, goes on', async () => {
  for (const checkpoint of await checkpointFolders(run)) {
    await edit(join(checkpoint, 'checkpoint.json'), ({ data, progress }) => {
      for (const split of Object.values(data ?? {})) delete split.sizes;
      Reflect.deleteProperty(progress ?? {}, 'runawaySteps');
    });
  }
  await train({ resume: run.path });
  expect((await readOutcome(run.path)).progress).toMatchObject({ epoch: 3, runawaySteps: 0 });
});

test.each<[Partial<TrainOptions>, RegExp]>([
  [{ filters: [3, 5] }, /^filters: expected 3,4, as when the run was started, received 3,5/],
  [{ learningRate: 0.5 }, /^learningRate: expected 0\.01/],
  [{ validationSteps: 1 }, /^validationSteps: expected no value, as when the run was started/],
  [{ out: 'elsewhere' }, /^out: /],
  [{ seed: 2 }, /^seed: expected 1/],
])('the option %j is refused', async (options, message) => {
  await expect(train({ resume: run.path, ...options })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringMatching(message),
  });
});

test('an option that is repeated as it was is not', async () => {
  const options = small(place, { out: 'mine', data: run.data });
  expect(await train({ ...options, resume: run.path })).toMatchObject({ interrupted: false });
});

test('another backend, thread count or processor goes on, and says that it is not exact', async () => {
  await edit(join((await checkpointFolders(run))[0] as string, 'checkpoint.json'), (json) => {
    Object.assign(json.computer ?? {}, { threads: 64, cpu: 'Abacus' });
  });
  const events: WorkflowEvent[] = [];
  const { record } = await train({ resume: run.path, backend: 'wasm', onEvent: (event) => events.push(event) });
  const { differences } = events.find((event) => event.type === 'resumed') ?? {};
  expect(differences).toEqual([
    'backend cpu, now wasm',
    expect.stringMatching(/^threads 64, now \d$/),
    expect.stringMatching(/^processor Abacus, now /),
  ]);
  expect(record).toMatchObject({ status: 'finished', resumptions: [{ step: STEPS + 2, differences }] });
});

test('a backend that cannot be had any more gives way to the fastest that works', async () => {
  await edit(join((await checkpointFolders(run))[0] as string, 'checkpoint.json'), (json) => {
    Object.assign(json.computer ?? {}, { backend: 'abacus' });
  });
  await edit(join(run.path, 'run.json'), (json) => Object.assign(json.options ?? {}, { backend: 'auto' }));
  const { record } = await train({ resume: run.path });
  expect(record.resumptions[0]?.differences[0]).toMatch(/^backend abacus, now (native|wasm)$/);
});

async function addClass(data: string): Promise<void> {
  for (const split of ['train', 'validation']) {
    await fs.cp(join(data, split, 'cats'), join(data, split, 'owls'), { recursive: true });
  }
}

async function moveFile(data: string): Promise<void> {
  await fs.rename(join(data, 'train/cats/zz-bad.jpg'), join(data, 'validation/cats/zz-bad.jpg'));
}
