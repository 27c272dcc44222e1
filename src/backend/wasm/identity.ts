import { tf } from '../tfjs/tensors.js';
import { share } from './heap.js';

/** Clones (every tensor that autodiff keeps is one) share their values; the stock kernel copies them. */
export const identity: tf.KernelConfig = {
  kernelName: tf.Identity,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => share(backend, inputs.x as tf.TensorInfo),
};

/** A cast to the type that a tensor has already shares its values; the stock kernel copies them. */
export function withSharedCasts(stock: tf.KernelConfig): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc: (call) => {
      const x = call.inputs.x as tf.TensorInfo;
      return (call.attrs as unknown as tf.CastAttrs).dtype === x.dtype
        ? share(call.backend, x)
        : stock.kernelFunc(call);
    },
  };
}
