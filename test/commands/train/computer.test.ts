import { expect, test } from 'vitest';
import { compareComputers } from '../../../src/commands/train/computer.js';

const computer = {
  version: '1',
  threads: 1,
  cpu: 'Abacus',
  engine: 'layers',
  cnnviz: '1',
  precision: 'float32',
} as const;

test('another number of workers makes a difference, and one is the same as none recorded', () => {
  const native = { ...computer, backend: 'native' };
  expect(compareComputers({ ...native, workers: 2 }, native)).toEqual(['workers 2, now 1']);
  expect(compareComputers({ ...native, workers: 1 }, native)).toEqual([]);
});

test.each([
  ['native', ['threads 1, now 2']],
  ['wasm', []],
])('on %s another number of threads makes the difference %j', (backend, differences) => {
  expect(compareComputers({ ...computer, backend }, { ...computer, backend, threads: 2 })).toEqual(differences);
});
