// What cannot differ between processes of one build: versions, and bits that another processor computes.

import { describe, expect, it, vi } from 'vitest';
import type { Cluster } from '../../../src/cluster/cluster.js';
import { requireAgreement, requireSameState } from '../../../src/commands/train/agreement.js';
import { resolveTrainOptions } from '../../../src/commands/train/settings.js';
import type { TrainingTask } from '../../../src/commands/train/training-task.js';
import type { Trainer } from '../../../src/engines/contract/trainer.js';
import { beginProgress } from '../../../src/runs/training-progress.js';

/** Worker 0 of two, where worker 1 says the same but for this. */
const clusterWith = (change: object) =>
  ({
    nameWorker: (index: number) => `worker ${index} (b:2)`,
    gather: async (text: string) => {
      return [
        text,
        text.startsWith('{') ? JSON.stringify({ ...JSON.parse(text), ...change }) : Object.values(change)[0],
      ];
    },
  }) as unknown as Cluster;
const source = { files: [], badFiles: [] };
const task = {
  settings: resolveTrainOptions({ data: 'pets' }),
  data: { root: '', classNames: ['cats', 'dogs'], train: source, validation: undefined, sizes: new Map() },
} as unknown as TrainingTask;
const parts = {
  backend: { name: 'native', version: '2.21.0', threads: 1 },
  trainer: { precision: 'float32' } as Trainer,
  progress: beginProgress(),
} as unknown as Parameters<typeof requireAgreement>[2];

describe('workers are refused', () => {
  it.each([
    ['of another version', { cnnviz: '9.9.9' }, /cnnviz 9\.9\.9 instead of \d/],
    ['with another TensorFlow', { TensorFlow: '2.20.0' }, 'TensorFlow 2.20.0 instead of 2.21.0'],
    ['that go on from another step', { step: '7' }, 'step 7 instead of 0'],
    ['with other classes', { classes: 'cats, dogs, owls' }, 'classes cats, dogs, owls instead of cats, dogs'],
    ['of a later version with an option that this one has not', { wings: '2' }, 'wings 2 instead of absent'],
  ])('%s', async (_, change, difference) => {
    await expect(requireAgreement(clusterWith(change), task, parts)).rejects.toMatchObject({
      code: 'WORKERS_DIFFER',
      message: expect.stringMatching(difference),
    });
  });

  it('with all that differs in one line', async () => {
    const change = { cnnviz: '9.9.9', batchSize: '4' };
    await expect(requireAgreement(clusterWith(change), task, parts)).rejects.toThrow(
      /^worker 1 \(b:2\) differs from worker 0: batchSize 4 instead of 20; cnnviz 9\.9\.9 instead of \S+$/,
    );
  });

  it('where weights or optimizer are not the same bits', async () => {
    const array = { name: 'w', shape: [1], values: Float32Array.of(1) };
    const state = { weights: [array], slots: [] };
    await expect(requireSameState(clusterWith({ digest: 'other' }), state, 12)).rejects.toMatchObject({
      code: 'WORKERS_DIFFER',
      message: expect.stringMatching(/^worker 1 \(b:2\) has other weights than worker 0 after step 12/),
    });
  });
});

it("only worker 0 has a run: what it keeps of it is nobody else's matter", async () => {
  const { settings } = { ...task, settings: { ...task.settings, probe: ['cat.png'], keepEpochs: 5 } };
  const cluster = clusterWith({}) as { gather: Cluster['gather'] };
  const gather = vi.spyOn(cluster, 'gather');
  await requireAgreement(cluster as Cluster, { ...task, settings }, parts);
  const said = JSON.parse(String(gather.mock.calls[0]?.[0]));
  expect(Object.keys(said)).toContain('batchSize');
  expect(Object.keys(said)).not.toEqual(expect.arrayContaining(['keepEpochs']));
  expect(Object.keys(said)).not.toEqual(expect.arrayContaining(['probe']));
});

it('workers that say the same may begin', async () => {
  await expect(requireAgreement(clusterWith({}), task, parts)).resolves.toBeUndefined();
});
