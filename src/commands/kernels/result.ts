// What `kernels` returns.

export interface KernelsResult {
  folder: string;
  /** every Conv2D, in the network's order */
  layers: DrawnKernels[];
  /** every file in the folder */
  files: string[];
}

export interface DrawnKernels {
  name: string;
  /** [height, width, input channels, filters] */
  shape: number[];
  /** after the first convolution: which kernels are drawn, and numbers of all */
  ranking?: KernelRanking;
  files: string[];
}

/** The kernel of a filter for one input channel. */
export interface RankedKernel {
  /** from 0 */
  inputChannel: number;
  filter: number;
  /** how far it is from its start, as a fraction of `typicalLength`; or its length */
  value: number;
}

/** A layer's kernels by what they changed since the start; by their length where the start is not known. */
export interface KernelRanking {
  by: 'change' | 'length';
  /** of all kernels */
  kernelCount: number;
  median: number;
  largest: number;
  /** by change: the root mean square of the initial kernels' lengths */
  typicalLength?: number;
  /** the largest first; non-finite ones are left out */
  kernels: RankedKernel[];
}
