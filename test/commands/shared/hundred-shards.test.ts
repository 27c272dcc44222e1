// An array job of a hundred tasks gives what one pass gives, byte for byte.

import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { channels } from '../../../src/commands/channels/index.js';
import { mergeChannels } from '../../../src/commands/channels/merge-channels.js';
import { evaluateShard } from '../../../src/commands/evaluate/evaluate-shard.js';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import { mergeEvaluations } from '../../../src/commands/evaluate/merge-evaluations.js';
import { predict } from '../../../src/commands/predict/index.js';
import { mergePredictions } from '../../../src/commands/predict/merge-predictions.js';
import { predictShard } from '../../../src/commands/predict/predict-shard.js';
import { writePhotograph } from '../drawn-photographs.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

const COUNT = 100;
let workspace: Workspace;
let pets: string;
const here = (name: string) => join(workspace.folder, name);

beforeAll(async () => {
  workspace = await makeWorkspace();
  pets = here('pets');
  for (let index = 0; index < 53; index++) {
    writePhotograph(join(pets, 'cats', `cat.${index}.png`), index, 100 + 2 * index);
    writePhotograph(join(pets, 'dogs', `dog.${index}.png`), 100 + index, 255 - 2 * index);
  }
});

afterAll(() => workspace.remove());

const common = () => ({ model: here('runs/latest'), backend: 'cpu', batchSize: 1 }) as const;

/** @returns the folder of all shards */
async function shardAll(name: string, make: (shard: { shard: string; out: string }) => Promise<unknown>) {
  for (let index = COUNT; index >= 1; index--) {
    await make({ shard: `${index}/${COUNT}`, out: join(here(name), `${index}.shard`) });
  }
  expect(readdirSync(here(name))).toHaveLength(COUNT);
  return here(name);
}

/** @param names of the files; default: all of them */
function expectSameFiles(folder: string, whole: string, names = readdirSync(whole)): void {
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) expect(readFileSync(join(folder, name)), name).toEqual(readFileSync(join(whole, name)));
}

test('predict', async () => {
  await predict({ images: [pets], ...common(), csv: here('whole.csv') });
  const shards = await shardAll('predictions', (part) => predictShard({ images: [pets], ...common(), ...part }));
  await mergePredictions({ shards: [shards], csv: here('merged.csv') });
  expect(readFileSync(here('merged.csv'))).toEqual(readFileSync(here('whole.csv')));
}, 120_000);

test('evaluate', async () => {
  await evaluate({ data: pets, ...common(), out: here('evaluation') });
  renameSync(here('evaluation'), here('whole-evaluation'));
  const shards = await shardAll('evaluations', (part) => evaluateShard({ data: pets, ...common(), ...part }));
  await mergeEvaluations({ shards: [shards], out: here('evaluation') });
  expectSameFiles(here('evaluation'), here('whole-evaluation'));
}, 120_000);

test('channels', async () => {
  await channels({ data: pets, ...common(), out: here('channels') });
  renameSync(here('channels'), here('whole-channels'));
  const shards = await shardAll('measurements', (part) => channels({ data: pets, ...common(), ...part }));
  await mergeChannels({ shards: [shards], out: here('channels') });
  // Its pictures are drawn of images, which shards do not have.
  expectSameFiles(here('channels'), here('whole-channels'), ['channels.csv', 'channels.json']);
}, 120_000);
