import { tf } from '../tensors.js';
import { conv2DBackpropFilter } from './conv2d-backprop-filter.js';
import { withExplicitPadding } from './same-padding.js';

let registered = false;

/**
 * Registers the gradient kernels that tfjs-backend-wasm lacks, so that models train on it, and puts right what it
 * computes wrongly. Call it when wasm is chosen, after the package was imported and before or after
 * `tf.setBackend('wasm')`; a second call does nothing. The package finds its .wasm files by itself.
 */
export function registerWasmTraining(): void {
  if (registered) return;
  registered = true;
  for (const name of [tf.Conv2D, tf.FusedConv2D, tf.DepthwiseConv2dNative, tf.FusedDepthwiseConv2D]) {
    replaceKernel(withExplicitPadding(tf.getKernel(name, 'wasm')));
  }
  tf.registerKernel(conv2DBackpropFilter);
}

function replaceKernel(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}
