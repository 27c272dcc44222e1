import { describe, expect, it } from 'vitest';
import { expandCounts, expandHosts } from '../../src/cluster/host-list.js';

describe("Slurm's lists of hosts", () => {
  // What TensorFlow's SlurmClusterResolver makes of the same lists (expand_hostlist, expand_tasks_per_node).
  it.each([
    ['n1', ['n1']],
    ['n[1-2],m5,o[3-4,6,7-9]', ['n1', 'n2', 'm5', 'o3', 'o4', 'o6', 'o7', 'o8', 'o9']],
    ['gpu[08-11]', ['gpu08', 'gpu09', 'gpu10', 'gpu11']],
    ['job-[0-1].service:2222', ['job-0.service:2222', 'job-1.service:2222']],
  ])('%s', (list, hosts) => expect(expandHosts('workers', list)).toEqual(hosts));

  it.each(['', 'a,,b', 'n[1-', 'n[2-1]', 'n[a]', 'n1]'])('refuses "%s"', (list) => {
    expect(() => expandHosts('workers', list)).toThrow(/workers: expected/);
  });
});

describe("Slurm's tasks of each node", () => {
  it.each([
    ['3(x2),2', [3, 3, 2]],
    ['1', [1]],
    ['2(x3)', [2, 2, 2]],
  ])('%s', (list, counts) => expect(expandCounts('tasks', list)).toEqual(counts));

  it.each(['', '2x', '3(x2'])('refuses "%s"', (list) => {
    expect(() => expandCounts('tasks', list)).toThrow(/tasks: expected/);
  });
});
