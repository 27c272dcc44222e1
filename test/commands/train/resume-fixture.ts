// What the tests of resuming share: a run that is stopped at a given event, and what must come of it.
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { readCheckpoint } from '../../../src/runs/checkpoint.js';
import { readRun } from '../../../src/runs/run.js';
import { type Place, SMALL, usePlace, useTrainings } from './training-fixture.js';

// 19 files, batches of 4, 6 steps an epoch: an epoch ends within a pass, and a pass within an epoch.
export const STEPS = 6;

/** The place of these tests; one of its files is not an image. */
export function useResumePlace(): Place {
  const place = usePlace({ train: 9, validation: 3 });
  beforeAll(() => fs.writeFile(join(place.pets, 'train/cats/zz-bad.jpg'), 'not an image'));
  return place;
}

/** Batches of all sizes, augmentation, dropout, a bad file, an optimizer that counts. */
export function small(place: Place, change: Partial<TrainOptions> = {}): TrainOptions {
  return {
    ...{ data: place.pets, ...SMALL, epochs: 3, stepsPerEpoch: STEPS, dropout: 0.4 },
    ...{ rotationRange: 40, widthShiftRange: 0.2, zoomRange: [0.7, 1.1], horizontalFlip: true, contrastRange: 0.2 },
    ...{ optimizer: 'adam', learningRate: 1e-2 },
    ...change,
  };
}

/** Everything that a stop must not change: weights, slots, history, which epoch was best, bad files. */
export async function readOutcome(path: string) {
  const { weights, history, badFiles, status, checkpoints } = await readRun(path);
  const [newest] = checkpoints;
  const { progress, slots } = await readCheckpoint(join(path, newest?.folder ?? ''));
  const bytes = (name: string, of: string) => fs.readFile(join(path, of, name), 'base64');
  const { folder: _, ...best } = weights.best ?? { folder: '' };
  return {
    last: await bytes('weights.bin', weights.last.folder),
    slots: await bytes('optimizer.bin', weights.last.folder),
    slotNames: slots.map(({ name }) => name),
    topology: await bytes('model.json', weights.last.folder),
    best,
    bestWeights: weights.best && (await bytes('weights.bin', weights.best.folder)),
    ...{ progress, history, badFiles, status },
  };
}

/** Gives the signal at the n-th event of a kind. */
export function stopAt(type: WorkflowEvent['type'], count: number): Required<Pick<TrainOptions, 'signal' | 'onEvent'>> {
  const abort = new AbortController();
  let seen = 0;
  const onEvent = (event: WorkflowEvent) => {
    if (event.type === type && ++seen === count) abort.abort();
  };
  return { signal: abort.signal, onEvent };
}

/** Starts a run and stops it. */
export async function trainUntil(type: WorkflowEvent['type'], count: number, options: TrainOptions): Promise<string> {
  const { path, interrupted } = await train({ ...options, ...stopAt(type, count) });
  expect(interrupted).toBe(true);
  return path;
}

export interface StoppedRun {
  readonly path: string;
  /** a copy of the drawn photographs that it is trained on */
  readonly data: string;
}

/** Each test finds a run called `mine` that was stopped in its second epoch. */
export function useStoppedRun(place: Place): StoppedRun {
  const run = { path: '', data: '' };
  useTrainings(place, async () => {
    run.data = join(place.folder, 'data');
    await fs.cp(place.pets, run.data, { recursive: true });
    run.path = await trainUntil('step', STEPS + 2, small(place, { out: 'mine', data: run.data }));
  });
  return run;
}

/** The checkpoints of a run, newest first. */
export async function checkpointFolders({ path }: StoppedRun): Promise<string[]> {
  return (await readRun(path)).checkpoints.map((saved) => join(path, saved.folder));
}

/** Changes what a JSON file holds. */
export async function edit(file: string, change: (json: Record<string, object | undefined>) => void): Promise<void> {
  const json = JSON.parse(await fs.readFile(file, 'utf8'));
  change(json);
  await fs.writeFile(file, JSON.stringify(json));
}
