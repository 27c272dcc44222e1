// What the tests of training share: drawn photographs, a small network, a run with all that it says.
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import type { SharedEvent } from '../../../src/commands/shared/events.js';
import type { TrainingEvent } from '../../../src/commands/train/events.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';

/** A network that trains in no time. */
export const SMALL = {
  backend: 'cpu',
  imageSize: 12,
  filters: [3, 4],
  dense: 6,
  epochs: 2,
  batchSize: 4,
} as const satisfies TrainOptions;

/** One for tests of what is said before and during the first epoch. */
export const TINY = { ...SMALL, filters: [2], dense: 3, epochs: 1 } as const satisfies TrainOptions;

export interface Place {
  /** drawn cats and dogs, for all tests of a file */
  readonly pets: string;
  /** the working folder of one test, empty at its beginning */
  readonly folder: string;
}

/** Makes the place where the tests of a file train. @param images of each class */
export function usePlace(images: { train: number; validation: number }): Place {
  const place = { pets: '', folder: '' };
  beforeAll(async () => {
    const home = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-train-')));
    place.pets = join(home, 'pets');
    place.folder = join(home, 'work');
    await sampleData({ dir: place.pets, classes: 2, imageSize: 32, ...images, test: 0 });
    return () => fs.rm(home, { recursive: true });
  });
  beforeEach(() => workIn(place.folder));
  afterEach(async () => {
    vi.restoreAllMocks();
    await fs.rm(place.folder, { recursive: true });
  });
  return place;
}

async function workIn(folder: string): Promise<void> {
  await fs.mkdir(folder);
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
}

/** Trains once for many tests: each finds in its working folder what the trainings left there. */
export function useTrainings(place: Place, trainAll: () => Promise<unknown>): void {
  const kept = () => `${place.folder}-trained`;
  beforeAll(async () => {
    await workIn(place.folder);
    await trainAll();
    await fs.rename(place.folder, kept());
  });
  beforeEach(() => fs.cp(kept(), place.folder, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true }));
}

/** Trains, and keeps all events. */
export async function trainWithEvents(options: TrainOptions) {
  const events: (SharedEvent | TrainingEvent)[] = [];
  const onEvent = (event: SharedEvent | TrainingEvent) => {
    events.push(event);
    options.onEvent?.(event);
  };
  const result = await train({ ...options, onEvent });
  const typed = <Type extends (typeof events)[number]['type']>(type: Type) =>
    events.filter((event): event is Extract<(typeof events)[number], { type: Type }> => event.type === type);
  const warnings = typed('warning').map(({ message }) => message);
  // a computer without native TensorFlow is warned of that as well
  return { ...result, events, typed, warnings: warnings.filter((message) => !message.startsWith('native')) };
}
