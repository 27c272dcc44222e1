import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TRAIN_OPTIONS, type TrainOptions } from '../../src/commands/train/options.js';
import { type ResumedRun, resolveResumedOptions } from '../../src/commands/train/resume.js';
import { resolveTrainOptions } from '../../src/commands/train/settings.js';
import { spellOption } from '../../src/options/flag-name.js';
import type { Option } from '../../src/options/option.js';

const started = resolveTrainOptions({ data: 'x', schedule: 'cosine' });
const run = { record: { options: { ...started } } } as unknown as ResumedRun;

const changes: Partial<TrainOptions> = {
  data: 'y',
  epochs: 40,
  scheduleEpochs: 40,
  earlyStopping: 3,
  log: 'tensorboard',
  live: true,
  keepEpochs: 5,
  defaultWeights: 'last',
  check: false,
  cacheMemory: 5,
  backend: 'cpu',
  precision: 'float32',
  workers: 'a:1,b:1',
  workerIndex: 1,
  cluster: 'k8s',
  wait: 5,
  stepLimit: 5,
};
const resumable = Object.entries<Option>(TRAIN_OPTIONS).filter(([, option]) => option.resumable);
const flags = resumable.map(([name, option]) => spellOption(name, option));

test('what a run may change when it resumes', () => {
  expect(resumable.map(([name]) => name).sort()).toEqual(Object.keys(changes).sort());
  expect(resolveResumedOptions(changes, run)).toMatchObject(changes);
});

/** Of the call, not of the run. */
const ofCall = ['resume', 'overwrite', 'restartable'];

test.each(Object.keys(TRAIN_OPTIONS).filter((name) => !(name in changes) && !ofCall.includes(name)))(
  'and that %s stays what it was',
  (name) => {
    expect(() => resolveResumedOptions({ [name]: 'another' }, run)).toThrow(/as when the run was started/);
  },
);

test('a restart repeats the command that began the run', () => {
  const from = { record: { options: { ...started, from: process.cwd() } } } as unknown as ResumedRun;
  const command = { restartable: true, from: '.', config: 'runs/a' };
  expect(resolveResumedOptions(command, from)).toMatchObject({ from: process.cwd(), schedule: 'cosine' });
  expect(() => resolveResumedOptions({ ...command, from: 'test' }, from)).toThrow(/as when the run was started/);
});

test('the help of --resume and the guide name just these', () => {
  const named = (text: string) => [...new Set(text.match(/--[a-z-]+/g))].sort();
  expect(named(TRAIN_OPTIONS.resume.help)).toEqual([...flags].sort());
  const guide = readFileSync(new URL('../../docs/training.md', import.meta.url), 'utf8');
  const [, list = ''] = /may change on a resume[^\n]*\n\n(.*?)\n\n/s.exec(guide) ?? [];
  expect(named(list)).toEqual([...flags].sort());
});
