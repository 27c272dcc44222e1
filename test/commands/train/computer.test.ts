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

test.each([
  ['native', ['threads 1, now 2']],
  ['wasm', []],
])('on %s another number of threads makes the difference %j', (backend, differences) => {
  expect(compareComputers({ ...computer, backend }, { ...computer, backend, threads: 2 })).toEqual(differences);
});
