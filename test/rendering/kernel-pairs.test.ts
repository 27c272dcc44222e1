import { test } from 'vitest';
import { renderRankedKernels } from '../../src/rendering/kernel-pairs.js';
import { expectGolden } from '../helpers/golden.js';

const shape = [3, 2, 3, 4] as const;
const values = Float32Array.from({ length: 3 * 2 * 3 * 4 }, (_, index) => Math.sin(index * 1.7));
const kernels = [
  { inputChannel: 2, filter: 0, caption: '2 \u2192 0: 12.0 %' },
  { inputChannel: 0, filter: 3, caption: '0 \u2192 3: 3.1 %' },
];

test('kernels in order, each beside its start', () => {
  const initial = values.map((value) => value / 2);
  const sentences = ['Below each kernel: input channel \u2192 filter, and its change.'];
  expectGolden('kernel-pairs', renderRankedKernels({ title: 'conv2d_2', shape, values, initial, kernels, sentences }));
});

test('kernels whose start is not known', () => {
  expectGolden('kernel-singles', renderRankedKernels({ title: 'conv2d_2', shape, values, kernels, sentences: [] }));
});
