import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { evaluateShard } from '../../../src/commands/evaluate/evaluate-shard.js';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import { mergeEvaluations } from '../../../src/commands/evaluate/merge-evaluations.js';
import { predict } from '../../../src/commands/predict/index.js';
import { mergePredictions } from '../../../src/commands/predict/merge-predictions.js';
import { predictShard } from '../../../src/commands/predict/predict-shard.js';
import { parseShard } from '../../../src/commands/shared/shard-option.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { writePhotograph } from '../drawn-photographs.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
let pets: string;
const here = (name: string) => join(workspace.folder, name);

// An untrained network; 17 images, one of them damaged, and one batch of only damaged ones.
beforeAll(async () => {
  workspace = await makeWorkspace();
  pets = here('pets');
  for (let index = 0; index < 9; index++) {
    writePhotograph(join(pets, 'cats', `cat.${index}.png`), index, 100 + 15 * index);
    if (index < 8) writePhotograph(join(pets, 'dogs', `dog.${index}.png`), 50 + index, 255 - 20 * index);
  }
  for (const name of ['cats/cat.4.png', 'cats/cat.6.png', 'cats/cat.7.png']) {
    writeFileSync(join(pets, name), 'not a picture');
  }
});

afterAll(() => workspace.remove());

const common = () => ({ model: here('runs/latest'), backend: 'cpu', batchSize: 2 }) as const;

async function shardAll(command: 'predict' | 'evaluate', count: number, change: object = {}): Promise<string> {
  const folder = here(`${command}-${count}-${readdirSync(workspace.folder).length}`);
  for (let index = count; index >= 1; index--) {
    const options = { ...common(), ...change, shard: `${index}/${count}`, out: join(folder, `${index}.shard`) };
    if (command === 'predict') await predictShard({ images: [pets], ...options });
    else await evaluateShard({ data: pets, ...options });
  }
  return folder;
}

const isResult = ({ type }: WorkflowEvent) => type === 'prediction';

test.each([1, 3, 4, 12])('predictions of %i shards are those of one pass, and so is their table', async (count) => {
  const whole: WorkflowEvent[] = [];
  const merged: WorkflowEvent[] = [];
  const expected = await predict({
    ...{ images: [pets], ...common(), csv: here('whole.csv') },
    onEvent: (event) => whole.push(event),
  });
  const folder = await shardAll('predict', count);
  const found = await mergePredictions({
    ...{ shards: [folder], csv: here('merged.csv') },
    onEvent: (event) => merged.push(event),
  });
  expect(expected.predictions).toHaveLength(14);
  expect(expected.badImages).toHaveLength(3);
  expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
  expect(merged.filter(isResult)).toEqual(whole.filter(isResult));
  expect(readFileSync(here('merged.csv'))).toEqual(readFileSync(here('whole.csv')));
});

test('an image that is named twice stays twice, damaged or not', async () => {
  const images = [here('red.png'), join(pets, 'cats/cat.4.png'), here('red.png'), join(pets, 'cats/cat.4.png')];
  const shards = [here('twice-1.shard'), here('twice-2.shard')];
  for (const [index, out] of shards.entries()) {
    await predictShard({ images, ...common(), batchSize: 1, shard: `${index + 1}/2`, out });
  }
  const expected = await predict({ images, ...common(), batchSize: 1 });
  expect(await mergePredictions({ shards })).toEqual(expected);
});

test('an evaluation of shards is that of one pass, with all its files', async () => {
  const expected = await evaluate({ data: pets, ...common(), out: here('evaluation') });
  const folder = await shardAll('evaluate', 4);
  renameSync(here('evaluation'), here('whole'));
  const found = await mergeEvaluations({ shards: [folder], out: here('evaluation') });
  expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
  const names = readdirSync(here('whole')).sort();
  expect(readdirSync(here('evaluation')).sort()).toEqual(names);
  expect(names).toContain('mistakes.png');
  for (const name of names) {
    expect(readFileSync(join(here('evaluation'), name)), name).toEqual(readFileSync(join(here('whole'), name)));
  }
  await expect(mergeEvaluations({ shards: [folder], minAccuracy: 1 })).rejects.toMatchObject({
    code: 'BELOW_THRESHOLD',
  });
});

test('shards that are missing, twice there or of something else are refused by name', async () => {
  const folder = await shardAll('predict', 3);
  const [first = '', second = '', third = ''] = [1, 2, 3].map((index) => join(folder, `${index}.shard`));
  const merge = (shards: string[]) => mergePredictions({ shards });
  const refused = (message: string) => ({ code: 'BAD_ARGUMENT', message: expect.stringContaining(message) });
  await expect(merge([first, third])).rejects.toMatchObject(refused('shards: 1 of 3 are missing: 2'));
  await expect(merge([first, second, first])).rejects.toMatchObject(
    refused(`${first}: shard 1/3 is a duplicate, it is also in ${first}`),
  );
  const others = await shardAll('predict', 2);
  const other = join(others, '1.shard');
  await expect(merge([first, other])).rejects.toMatchObject(
    refused(`${other}: expected the number of shards of ${first}: 3, found 2`),
  );
  const batches = join(await shardAll('predict', 3, { batchSize: 3 }), '2.shard');
  await expect(merge([first, batches])).rejects.toMatchObject(refused('the batch size'));
  const list = here('list.shard');
  await predictShard({ images: [join(pets, 'cats')], ...common(), shard: '2/3', out: list });
  await expect(merge([first, list])).rejects.toMatchObject(refused(`${list}: expected the number of images`));
  await expect(mergeEvaluations({ shards: [first] })).rejects.toMatchObject(
    refused(`${first}: expected a shard of "cnnviz evaluate --shard", found another file`),
  );
  mkdirSync(here('empty'));
  await expect(merge([here('empty')])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  rmSync(here('empty'), { recursive: true });
});

test('a shard replaces an earlier shard, but nobody else’s file', async () => {
  const out = here('mine.txt');
  writeFileSync(out, 'mine');
  const options = { images: [pets], ...common(), shard: '1/2', out };
  await expect(predictShard(options)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  expect(readFileSync(out, 'utf8')).toBe('mine');
});

test('auto is the number of the task that a scheduler has started', () => {
  const slurm = (id: number, first = 0, step = 1) => ({
    SLURM_ARRAY_TASK_ID: String(id),
    SLURM_ARRAY_TASK_MIN: String(first),
    SLURM_ARRAY_TASK_STEP: String(step),
    SLURM_ARRAY_TASK_COUNT: '8',
  });
  expect(parseShard('auto/8', slurm(0))).toEqual({ index: 1, count: 8 });
  expect(parseShard('auto/8', slurm(8, 1))).toEqual({ index: 8, count: 8 });
  expect(parseShard('auto/8', slurm(14, 0, 2))).toEqual({ index: 8, count: 8 });
  expect(parseShard('auto/8', { JOB_COMPLETION_INDEX: '7' })).toEqual({ index: 8, count: 8 });
  expect(parseShard('3/8', slurm(0))).toEqual({ index: 3, count: 8 });
});

test.each([
  ['no scheduler', {}, 'neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set'],
  ['both', { SLURM_ARRAY_TASK_ID: '1', JOB_COMPLETION_INDEX: '1' }, 'both SLURM_ARRAY_TASK_ID and'],
  ['a task too many', { JOB_COMPLETION_INDEX: '8' }, 'this is task 9 of the job'],
  ['another number of tasks', { SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_COUNT: '3' }, 'has 3 tasks'],
  ['a number that is none', { JOB_COMPLETION_INDEX: 'x' }, 'JOB_COMPLETION_INDEX: expected a whole number'],
])('auto is refused with %s', (_, environment, problem) => {
  expect(() => parseShard('auto/8', environment)).toThrow(problem);
});

test('the environment of the process says which task it is', async () => {
  vi.stubEnv('JOB_COMPLETION_INDEX', '1');
  const out = here('auto.shard');
  await predictShard({ images: [pets], ...common(), shard: 'auto/2', out });
  vi.unstubAllEnvs();
  await predictShard({ images: [pets], ...common(), shard: '1/2', out: here('one.shard') });
  const { predictions } = await mergePredictions({ shards: [out, here('one.shard')] });
  expect(predictions).toHaveLength(14);
});
