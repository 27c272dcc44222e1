// Registers our kernels with the wasm backend.

import { tf } from '../tfjs/tensors.js';
import { withTransposedFactors } from './batch-mat-mul.js';
import { conv2DBackpropFilter } from './conv2d-backprop-filter.js';
import { asForwardConvolution } from './conv2d-backprop-input.js';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-gradients.js';
import { identity, withSharedCasts } from './identity.js';
import { maxPoolGrad } from './max-pool-grad.js';
import { withExplicitPadding } from './same-padding.js';
import { withPiecesCopiedAlone } from './slice.js';
import { withColumnSums } from './sum.js';

/** Kernels of ours, in place of the stock ones or where there is none. */
const NEW = [conv2DBackpropFilter, depthwiseBackpropFilter, depthwiseBackpropInput, identity, maxPoolGrad];

/** What wraps a stock kernel and leaves to it what it does well. */
const WRAPPED: [string, (stock: tf.KernelConfig) => tf.KernelConfig][] = [
  [tf.Conv2D, withExplicitPadding],
  [tf.FusedConv2D, withExplicitPadding],
  [tf.DepthwiseConv2dNative, withExplicitPadding],
  [tf.FusedDepthwiseConv2D, withExplicitPadding],
  [tf.Conv2DBackpropInput, asForwardConvolution],
  [tf.BatchMatMul, withTransposedFactors],
  [tf.Cast, withSharedCasts],
  [tf.Slice, withPiecesCopiedAlone],
  [tf.Sum, withColumnSums],
];

let registered = false;

/**
 * Registers the gradient kernels that tfjs-backend-wasm 4.22 lacks, so that models train on it, faster ones in place of
 * those that are plain loops, and puts right what it computes wrongly. Call it when wasm is chosen, after the package was
 * imported and before or after `tf.setBackend('wasm')`; a second call does nothing. The package finds its .wasm files
 * by itself.
 */
export function registerWasmTraining(): void {
  if (registered) return;
  registered = true;
  for (const kernel of NEW) replaceKernel(kernel);
  for (const [name, wrap] of WRAPPED) replaceKernel(wrap(tf.getKernel(name, 'wasm')));
}

function replaceKernel(kernel: tf.KernelConfig): void {
  if (tf.getKernel(kernel.kernelName, kernel.backendName) !== undefined) {
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  }
  tf.registerKernel(kernel);
}
