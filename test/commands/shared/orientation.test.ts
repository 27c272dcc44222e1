import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { activations } from '../../../src/commands/activations/index.js';
import { channels } from '../../../src/commands/channels/index.js';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import { explain } from '../../../src/commands/explain/index.js';
import { predict } from '../../../src/commands/predict/index.js';
import { report } from '../../../src/commands/report/index.js';
import { loadNetwork } from '../../../src/commands/shared/load-network.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
let warnings: string[];

beforeEach(async () => {
  workspace = await makeWorkspace();
  warnings = [];
  // In each class one photograph that is stored turned, and one that is not.
  for (const name of ['cats', 'dogs']) {
    mkdirSync(at(`data/${name}`), { recursive: true });
    await writeGradient(at(`data/${name}/turned.jpg`), 6);
    await writeGradient(at(`data/${name}/upright.jpg`), 1);
  }
});

afterEach(() => workspace.remove());

const at = (name: string) => join(workspace.folder, name);
const onEvent: (event: WorkflowEvent) => void = (event) => {
  if (event.type === 'warning') warnings.push(event.message);
};

/** Dark on the left, bright on the right. */
async function writeGradient(path: string, orientation: number): Promise<void> {
  const data = Buffer.from(Array.from({ length: 24 * 24 }, (_, index) => (index % 24) * 10));
  const drawn = sharp(data, { raw: { width: 24, height: 24, channels: 1 } });
  await drawn.withMetadata({ orientation }).jpeg().toFile(path);
}

const model = () => ({ model: at('runs/first'), backend: 'cpu' as const, onEvent });
const images = () => [at('data/cats/turned.jpg'), at('data/cats/upright.jpg')];

const commands: [string, number, (autoOrient?: boolean) => Promise<unknown>][] = [
  ['predict', 2, (autoOrient) => predict({ images: images(), ...model(), ...choice(autoOrient) })],
  ['evaluate', 4, (autoOrient) => evaluate({ data: at('data'), ...model(), ...choice(autoOrient) })],
  [
    'channels',
    4,
    (autoOrient) => channels({ data: at('data'), ...model(), ...choice(autoOrient), out: at('channels') }),
  ],
  [
    'activations',
    2,
    (autoOrient) => activations({ images: images(), ...model(), ...choice(autoOrient), out: at('seen') }),
  ],
  ['explain', 2, (autoOrient) => explain({ images: images(), ...model(), ...choice(autoOrient), out: at('why') })],
  ['report', 2, (autoOrient) => report({ images: images(), ...model(), ...choice(autoOrient), out: at('r.html') })],
];

function choice(autoOrient: boolean | undefined) {
  return autoOrient === undefined ? {} : { autoOrient };
}

test.each(commands)('%s warns of images that are stored rotated, unless it rotates them', async (_, total, run) => {
  await run();
  const count = total / 2;
  const are = count === 1 ? '1 of 2 images is stored rotated' : '2 of 4 images are stored rotated';
  expect(warnings).toEqual([expect.stringContaining(are)]);
  expect(warnings[0]).toMatch(/turned\.jpg; --auto-orient rotates them upright$/);
  warnings = [];
  await run(true);
  expect(warnings).toEqual([]);
  await run(false);
  expect(warnings).toHaveLength(1);
});

test('a rotated image gets another prediction than as it is stored', async () => {
  const probabilities = async (autoOrient: boolean) => {
    const { predictions } = await predict({ images: images(), ...model(), autoOrient });
    return predictions.map(({ className, probability }) => `${className} ${probability.toFixed(4)}`);
  };
  const [stored, turned] = [await probabilities(false), await probabilities(true)];
  expect(stored[0]).toBe(stored[1]);
  expect(turned[0]).not.toBe(turned[1]);
  expect(turned[1]).toBe(stored[1]);
});

test('a loaded network reads images as it is asked to', async () => {
  const loaded = await loadNetwork({ ...model(), autoOrient: true });
  expect(loaded.preprocessing.autoOrient).toBe(true);
  loaded.dispose();
});
