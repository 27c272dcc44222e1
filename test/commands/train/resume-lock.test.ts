import { utimesSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { train } from '../../../src/commands/train/index.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { lockRun } from '../../../src/runs/run-lock.js';
import { small, useResumePlace, useStoppedRun } from './resume-fixture.js';

const place = useResumePlace();
const run = useStoppedRun(place);

test('a run that is being trained is refused, until its process is done', async () => {
  await lockRun(run.path);
  const refused = { code: 'NOT_WRITABLE', message: expect.stringMatching(`process ${process.pid} is training`) };
  await expect(train({ resume: run.path })).rejects.toMatchObject(refused);
  await expect(train(small(place, { out: run.path }))).rejects.toMatchObject(refused);
  await fs.writeFile(
    join(run.path, 'lock'),
    (await fs.readFile(join(run.path, 'lock'), 'utf8')).replace(/"started":"\d+/, '$&0'),
  );
  await train({ resume: run.path });
  expect(await fs.readdir(run.path)).not.toContain('lock');
});

describe('a run that a process of another machine holds', () => {
  const elsewhere = JSON.stringify({ pid: 12, started: '1', host: 'elsewhere' });

  test('is waited for, which is reported and can be interrupted', async () => {
    await fs.writeFile(join(run.path, 'lock'), elsewhere);
    const controller = new AbortController();
    const onEvent = vi.fn((event: WorkflowEvent) => event.type === 'lock-waiting' && controller.abort());
    await expect(train({ resume: run.path, onEvent, signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(onEvent).toHaveBeenCalledExactlyOnceWith({
      ...{ type: 'lock-waiting', path: run.path, pid: 12, host: 'elsewhere' },
      ...{ silentMs: expect.any(Number), staleMs: 60_000 },
    });
    expect(await fs.readFile(join(run.path, 'lock'), 'utf8')).toBe(elsewhere);
  });

  test('is refused as soon as that is heard of', async () => {
    await fs.writeFile(join(run.path, 'lock'), elsewhere);
    const onEvent = ({ type }: WorkflowEvent) => {
      if (type === 'lock-waiting') utimesSync(join(run.path, 'lock'), new Date(), new Date(Date.now() + 1000));
    };
    await expect(train({ resume: run.path, onEvent })).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
      message: `${run.path}: process 12 on elsewhere is training this run`,
    });
  });

  test('goes on here when that has been silent for a minute', async () => {
    await fs.writeFile(join(run.path, 'lock'), elsewhere);
    await fs.utimes(join(run.path, 'lock'), new Date(0), new Date(0));
    await train({ resume: run.path });
    expect(await fs.readdir(run.path)).not.toContain('lock');
  });

  test('is not written by who was asleep while it was taken over', async () => {
    const before = await fs.readFile(join(run.path, 'run.json'), 'utf8');
    const onEvent = ({ type }: WorkflowEvent) => {
      if (type === 'epoch-started') writeFileSync(join(run.path, 'lock'), elsewhere);
    };
    await expect(train({ resume: run.path, onEvent })).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
      message: `${run.path}: process 12 on elsewhere has taken this run over`,
    });
    expect(await fs.readFile(join(run.path, 'run.json'), 'utf8')).toBe(before);
    expect(await fs.readFile(join(run.path, 'lock'), 'utf8')).toBe(elsewhere);
  });
});
