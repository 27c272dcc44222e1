// Workers that find what a scheduler sets: the operator of Kubeflow, Slurm, an Indexed Job of Kubernetes.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { findPorts, startWorker, type Worker } from './workers.js';
import { expectSame, workersTest as it, useWorkers } from './workers-fixture.js';

const { place, args, readLosses, trainAlone } = useWorkers();

async function expectDone(workers: readonly Worker[]): Promise<void> {
  const codes = await Promise.all(workers.map(({ exitCode }) => exitCode));
  expect(codes, workers.map(({ text }) => text()).join('\n')).toEqual(workers.map(() => 0));
}

it('the TFJob of the examples trains, and its restart has nothing to do', async () => {
  const manifest = readFileSync(new URL('../../../examples/cluster/train-tfjob.yaml', import.meta.url), 'utf8');
  const [, list = ''] = /args: \[([^\]]*)\]/.exec(manifest) ?? [];
  const [command, ...own] = list.split(', ').map((word) => word.replace('/photos', place.pets));
  expect([command, manifest]).toEqual(['train', expect.stringContaining('restartPolicy: OnFailure\n')]);
  const small = '--image-size 24 --filters 3 --dense 4 --steps-per-epoch 1 --epochs 1 --no-check'.split(' ');
  for (const printed of ['Each step sends', 'nothing to do']) {
    const worker = (await findPorts(2)).map((port) => `127.0.0.1:${port}`);
    const config = (index: number) => ({ cluster: { worker }, task: { type: 'worker', index }, environment: 'cloud' });
    const workers = worker.map((_, index) => startWorker(place.folder, [...own, ...small], config(index)));
    if (printed === 'nothing to do') {
      // Worker 0 has the run; the other one waits for it, and is ended by the operator with the job.
      expect(await workers[0]?.exitCode).toBe(0);
      workers[1]?.process.kill('SIGTERM');
      await workers[1]?.exitCode;
    } else await expectDone(workers);
    expect(workers[0]?.text()).toContain(printed);
  }
});

it('an Indexed Job gives each worker its number', async () => {
  const list = (await findPorts(2)).map((port) => `127.0.0.1:${port}`).join(',');
  const options = args('--epochs', '3', '--cluster', 'k8s', '--workers', list);
  const workers = ['0', '1'].map((index) => startWorker(place.folder, options, null, { JOB_COMPLETION_INDEX: index }));
  await expectDone(workers);
  expectSame(readLosses(), await trainAlone(...args('--epochs', '3')), 1e-5);
});
