import { describe, expect, it } from 'vitest';
import { findMembership } from '../../src/cluster/find-membership.js';

const tfConfig = (config: object) => findMembership({}, { TF_CONFIG: JSON.stringify(config) });
const workers = ['a:1', 'b:2'];

describe('TF_CONFIG', () => {
  it('names the workers, and which one this is', () => {
    const config = { cluster: { worker: workers }, task: { type: 'worker', index: 1 }, environment: 'cloud' };
    expect(tfConfig(config)).toEqual({ addresses: workers, index: 1 });
  });

  it('counts the chief as worker 0', () => {
    const cluster = { chief: ['c:9'], worker: workers };
    expect(tfConfig({ cluster, task: { type: 'chief', index: 0 } })).toEqual({
      addresses: ['c:9', ...workers],
      index: 0,
    });
    expect(tfConfig({ cluster, task: { type: 'worker', index: '1' } })).toMatchObject({ index: 2 });
  });

  it('of one worker is no cluster', () => {
    expect(tfConfig({ cluster: { worker: ['a:1'] }, task: { type: 'worker', index: 0 } })).toBeUndefined();
    expect(findMembership({}, {})).toBeUndefined();
  });

  it.each([
    ['parameter servers', { cluster: { worker: workers, ps: ['p:1'] }, task: { type: 'ps', index: 0 } }, /cluster\.ps/],
    ['sparse clusters', { cluster: { worker: workers }, sparseCluster: {}, task: {} }, /sparseCluster/],
    [
      'an index too high',
      { cluster: { worker: workers }, task: { type: 'worker', index: 2 } },
      /a task of the cluster/,
    ],
    ['an address without a port', { cluster: { worker: ['a', 'b'] }, task: {} }, /"host:port"/],
  ])('refuses %s', (_, config, message) => {
    expect(() => tfConfig(config)).toThrow(
      expect.objectContaining({ code: 'BAD_ARGUMENT', message: expect.stringMatching(message) }),
    );
  });

  it('has nothing to do for an evaluator', () => {
    const config = { cluster: { worker: workers }, task: { type: 'evaluator', index: 0 } };
    expect(() => tfConfig(config)).toThrow(expect.objectContaining({ code: 'NO_TASK' }));
  });

  it('is refused where it is no JSON', () => {
    expect(() => findMembership({}, { TF_CONFIG: '{' })).toThrow(/TF_CONFIG: expected/);
  });
});

describe('options', () => {
  it('name the workers', () => {
    expect(findMembership({ workers: 'a:1,b:2', workerIndex: 1 }, {})).toEqual({ addresses: workers, index: 1 });
    const job = findMembership({ workers: 'j-[0-2].j:5', cluster: 'k8s' }, { JOB_COMPLETION_INDEX: '2' });
    expect(job).toEqual({ addresses: ['j-0.j:5', 'j-1.j:5', 'j-2.j:5'], index: 2 });
  });

  it('train alone with 1, whatever TF_CONFIG says', () => {
    const TF_CONFIG = JSON.stringify({ cluster: { worker: workers }, task: { type: 'worker', index: 1 } });
    expect(findMembership({ workers: '1' }, { TF_CONFIG })).toBeUndefined();
  });

  it.each([
    [{ workers: 'a:1,b:2' }, /workerIndex: expected which of the 2 workers/],
    [{ workers: 'a:1,b:2', workerIndex: 2 }, /0 to 1, received 2/],
    [{ workers: 'a:1,b' }, /HOST:PORT,.* received "b"/],
    [{ cluster: 'k8s' as const }, /workers: expected/],
    [{ workers: '2', cluster: 'k8s' as const }, /workers 2 and cluster k8s cannot be combined/],
    [{ workers: 'a:1,b:2', cluster: 'slurm' as const }, /cannot be combined/],
    [{ cluster: 'slurm' as const }, /SLURM_STEP_NODELIST: expected/],
  ])('%o is refused', (options, message) => {
    expect(() => findMembership(options, {})).toThrow(message);
  });
});

it('takes the tasks of a Slurm step in its order, with ports as TensorFlow has them', () => {
  const env = { SLURM_STEP_NODELIST: 'n[1-2]', SLURM_STEP_TASKS_PER_NODE: '2,1', SLURM_PROCID: '2' };
  expect(findMembership({ cluster: 'slurm' }, env)).toEqual({ addresses: ['n1:8888', 'n1:8889', 'n2:8888'], index: 2 });
  expect(findMembership({}, env)).toBeUndefined(); // never without being asked: interactive shells have the variables, too
});
