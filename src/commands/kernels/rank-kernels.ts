// Which kernels of a layer matter most, in numbers.

import type { LayerKernels } from '../../network/kernels.js';
import type { KernelRanking } from './result.js';

/**
 * Ranks the kernels of a layer. The length of a kernel is the root of the sum of its squared weights; its change the length of
 * the difference to its start.
 *
 * @param count how many are wanted
 */
export function rankKernels(layer: LayerKernels, count: number, initial?: Float32Array): KernelRanking {
  const { values, shape } = layer;
  const filters = shape[3];
  const typicalLength = initial && Math.sqrt(mean(measureLengths(initial, shape).map((length) => length ** 2)));
  const lengths =
    initial === undefined
      ? measureLengths(values, shape)
      : measureLengths(
          values.map((value, index) => value - (initial[index] as number)),
          shape,
        );
  const scale = typicalLength || 1;
  const ascending = lengths.filter(Number.isFinite).sort();
  const least = ascending.at(-count) ?? 0;
  const ranked = Array.from(lengths.keys())
    .filter((index) => (lengths[index] as number) >= least && Number.isFinite(lengths[index]))
    .sort((a, b) => (lengths[b] as number) - (lengths[a] as number))
    .slice(0, count);
  return {
    by: initial === undefined ? 'length' : 'change',
    kernelCount: lengths.length,
    median: (ascending[Math.ceil(ascending.length / 2) - 1] ?? 0) / scale,
    largest: (ascending.at(-1) ?? 0) / scale,
    ...(typicalLength !== undefined && { typicalLength }),
    kernels: ranked.map((index) => ({
      inputChannel: Math.floor(index / filters),
      filter: index % filters,
      value: (lengths[index] as number) / scale,
    })),
  };
}

/** Of each kernel: the last two axes, input channel and filter, are the index. */
function measureLengths(values: Float32Array, [height, width, inputs, filters]: LayerKernels['shape']): Float64Array {
  const sums = new Float64Array(inputs * filters);
  for (let start = 0; start < height * width * sums.length; start += sums.length) {
    for (let kernel = 0; kernel < sums.length; kernel++) {
      const value = values[start + kernel] as number;
      sums[kernel] = (sums[kernel] as number) + value * value;
    }
  }
  return sums.map(Math.sqrt);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
