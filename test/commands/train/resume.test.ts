import fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { train } from '../../../src/commands/train/index.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { small, useResumePlace, useStoppedRun } from './resume-fixture.js';

const place = useResumePlace();
const run = useStoppedRun(place);

test('a finished run says so, and what to ask for', async () => {
  await train({ resume: run.path });
  for (const epochs of [undefined, 3, 2]) {
    await expect(train({ resume: run.path, ...(epochs && { epochs }) })).rejects.toMatchObject({
      code: 'RUN_FINISHED',
      message: `the run already has 3 epochs (asked for ${epochs ?? 3})`,
      hint: 'To train more, use --epochs 4 or higher.',
    });
  }
});

test('an epoch of a run is refused: a run resumes from its newest checkpoint', async () => {
  const epoch = `${(await train(small(place, { out: 'whole', epochs: 1 }))).path}@1`;
  await expect(train({ resume: epoch })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: `${epoch}: expected a whole run, found one of its epochs`,
    hint: expect.stringContaining(`begin a new run: --from ${epoch}`),
  });
});

test('without a run here it says what is here', async () => {
  await expect(train({ resume: 'runs/latest' })).resolves.toMatchObject({ path: run.path });
  vi.spyOn(process, 'cwd').mockReturnValue(place.pets);
  await expect(train({ resume: 'runs/latest' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: 'there is no run here to resume: runs does not exist here',
    hint: expect.stringMatching(/--resume RUN/),
  });
});

test('a run that was renamed resumes, with a warning', async () => {
  const renamed = join(place.folder, 'runs/mybest');
  await fs.rename(run.path, renamed);
  const told: string[] = [];
  const onEvent = (event: WorkflowEvent) => {
    if (event.type === 'warning') told.push(event.message);
  };
  expect((await train({ resume: 'runs/latest', onEvent })).path).toBe(renamed);
  expect(told[0]).toMatch(
    /runs.latest points to .*, which does not exist: using the newest run beside it, runs.mybest/,
  );
  expect(await fs.readFile(join(place.folder, 'runs/latest'), 'utf8')).toBe('mybest\n');
});

test('a signal before the first step leaves the run as it was', async () => {
  const before = await fs.readFile(join(run.path, 'run.json'));
  await expect(train({ resume: run.path, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
  expect(await fs.readFile(join(run.path, 'run.json'))).toEqual(before);
});

test('no tensor is left behind', async () => {
  const before = tf.memory().numTensors;
  await train({ resume: run.path });
  expect(tf.memory().numTensors).toBe(before);
});
test.each([
  ['nowhere', 'NOT_FOUND'],
  ['', 'BAD_ARGUMENT'],
])('the run "%s" is refused', async (resume, code) => {
  await expect(train({ resume })).rejects.toMatchObject({ code });
});
