import fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { train } from '../../../src/commands/train/index.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { readRun } from '../../../src/runs/run.js';
import {
  checkpointFolders,
  edit,
  readOutcome,
  STEPS,
  small,
  trainUntil,
  useResumePlace,
  useStoppedRun,
} from './resume-fixture.js';

const place = useResumePlace();
const run = useStoppedRun(place);

test.each(['model.json', 'weights.bin', 'optimizer.bin', 'checkpoint.json'])(
  'a checkpoint whose %s is torn gives way to the one before it; both torn are refused',
  async (name) => {
    const unbroken = await readOutcome((await train(small(place, { out: 'whole', data: run.data }))).path);
    const [newest, previous] = (await checkpointFolders(run)) as [string, string];
    await fs.truncate(join(newest, name), 40);
    await fs.cp(previous, `${previous}.kept`, { recursive: true });
    await fs.rm(join(previous, name));
    const refused = { code: 'BAD_MODEL', message: expect.stringMatching(`not a complete checkpoint: ${name}`) };
    await expect(train({ resume: run.path })).rejects.toMatchObject(refused);
    await fs.rm(previous, { recursive: true });
    await fs.rename(`${previous}.kept`, previous);
    const events: WorkflowEvent[] = [];
    await train({ resume: run.path, onEvent: (event) => events.push(event) });
    const message = expect.stringMatching(/epoch-0001-2: not a complete checkpoint.*; using the one before it$/);
    expect(events[0]).toEqual({ type: 'warning', message });
    expect(await readOutcome(run.path)).toEqual(unbroken);
  },
);

test("another run's checkpoint is refused, and so is a network that is not the run's", async () => {
  const other = await trainUntil('step', STEPS + 2, small(place, { out: 'other', filters: [3, 3] }));
  const copy = async () => {
    for (const to of await checkpointFolders(run)) {
      await fs.rm(to, { recursive: true });
      await fs.cp(join(other, to.endsWith('-2') ? 'epoch-0001-2' : 'epoch-0001'), to, { recursive: true });
    }
  };
  await copy();
  await expect(train({ resume: run.path })).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(/epoch-0001-2: a checkpoint of another run/),
  });
  const { startedAt } = await readRun(run.path);
  for (const checkpoint of await checkpointFolders(run)) {
    await edit(join(checkpoint, 'checkpoint.json'), (json) => {
      Object.assign(json, { runStartedAt: startedAt });
    });
  }
  await expect(train({ resume: run.path })).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(
      /layer 3 is conv2d_2 \(Conv2D, \[null,3,3,4\].* in the run, .*\[null,3,3,3\].* in its checkpoint/,
    ),
  });
});

test('a run without a checkpoint is refused', async () => {
  await edit(join(run.path, 'run.json'), (json) => {
    delete json.checkpoints;
  });
  await expect(train({ resume: run.path })).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(/no checkpoint to resume from/),
  });
});
