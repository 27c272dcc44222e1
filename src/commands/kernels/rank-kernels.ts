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
  const ranked = Array.from(lengths, (length, index) => ({
    inputChannel: Math.floor(index / filters),
    filter: index % filters,
    value: length / scale,
  }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => b.value - a.value);
  return {
    by: initial === undefined ? 'length' : 'change',
    kernelCount: lengths.length,
    median: ranked[Math.floor(ranked.length / 2)]?.value ?? 0,
    largest: ranked[0]?.value ?? 0,
    ...(typicalLength !== undefined && { typicalLength }),
    kernels: ranked.slice(0, count),
  };
}

/** Of each kernel: the last two axes, input channel and filter, are the index. */
function measureLengths(values: Float32Array, [height, width, inputs, filters]: LayerKernels['shape']): Float64Array {
  const sums = new Float64Array(inputs * filters);
  for (let index = 0; index < height * width * sums.length; index++) {
    const kernel = index % sums.length;
    sums[kernel] = (sums[kernel] as number) + (values[index] as number) ** 2;
  }
  return sums.map(Math.sqrt);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
