import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMembership } from '../../src/cluster/find-membership.js';
import { expandCounts, expandHosts } from '../../src/cluster/host-list.js';

interface Resolved {
  environment: Record<string, string>;
  addresses: string[];
  index: number;
}

/** What TensorFlow's resolvers make of the same lists and variables, by fixtures/scripts/cluster_resolvers.py. */
const tensorflow: {
  hosts: { text: string; expanded: string[] | null }[];
  counts: { text: string; expanded: number[] | null }[];
  slurm: Resolved[];
  tf_config: Resolved[];
} = JSON.parse(readFileSync(new URL('../fixtures/cluster-resolvers.json', import.meta.url), 'utf8'));

function orNull<T>(expand: () => T): T | null {
  try {
    return expand();
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_ARGUMENT' });
    return null;
  }
}

describe("as TensorFlow's resolvers have it", () => {
  it.each(tensorflow.hosts)('the hosts $text', ({ text, expanded }) => {
    expect(orNull(() => expandHosts('workers', text))).toEqual(expanded);
  });

  it.each(tensorflow.counts)('the tasks of each node $text', ({ text, expanded }) => {
    expect(orNull(() => expandCounts('tasks', text))).toEqual(expanded);
  });

  it.each(tensorflow.slurm)('the workers of a Slurm step: $environment', ({ environment, addresses, index }) => {
    expect(findMembership({ cluster: 'slurm' }, environment)).toEqual({ addresses, index });
  });

  it.each(tensorflow.tf_config)('the workers of $environment.TF_CONFIG', ({ environment, addresses, index }) => {
    expect(findMembership({}, environment)).toEqual({ addresses, index });
  });
});

it("takes a step's nodes in Slurm's order, in which it numbers the tasks", () => {
  // TensorFlow's resolver sorts the names: it takes task 0 to be on n10, where Slurm has started it on n9.
  const env = { SLURM_STEP_NODELIST: 'n[9-10]', SLURM_STEP_TASKS_PER_NODE: '1(x2)', SLURM_PROCID: '0' };
  expect(findMembership({ cluster: 'slurm' }, env)).toEqual({ addresses: ['n9:8888', 'n10:8888'], index: 0 });
});

it('keeps what follows a bracket', () => {
  expect(expandHosts('workers', 'job-[0-1].service:2222')).toEqual(['job-0.service:2222', 'job-1.service:2222']);
});

it.each(['', 'a,,b', 'n[2-1]'])('refuses the hosts "%s"', (list) => {
  expect(() => expandHosts('workers', list)).toThrow(/workers: expected/);
});
