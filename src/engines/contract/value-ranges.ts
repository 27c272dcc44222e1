// The range of each layer's values, by its activation.

import type { tf } from '../../backend/tfjs/tensors.js';
import type { ValueRange } from './channel-measurements.js';
import { activationOf, DOES_NOTHING, kindOf } from './layer-kind.js';

/** Activations that flatten out toward both ends. A relu has none above, and its lower one is silence. */
const RANGES: Record<string, ValueRange> = {
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  kerasHardSigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  softsign: [-1, 1],
};

/** Layers whose values lie within the range of what they get. */
const PASSES_ON =
  /^(Flatten|Reshape|Permute|Transpose|GetItem|(Global)?(Max|Average)Pooling\w*|Cropping2D|CenterCrop|Resizing|UpSampling2D)$/;

/** What is needed to know of a layer's call. */
interface Call {
  readonly layer: tf.layers.Layer;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** The range of the values of each call, in the order in which they are computed; null where an end is open. */
export function findValueRanges<Each extends Call>(calls: readonly Each[]): Map<Each, ValueRange | null> {
  const byTensor = new Map<number, ValueRange | null>();
  return new Map(
    calls.map((call) => {
      const kind = kindOf(call.layer);
      const inherited = PASSES_ON.test(kind) || DOES_NOTHING.test(kind) ? byTensor.get(call.inputs[0] as number) : null;
      const range = ownRange(call) ?? inherited ?? null;
      for (const output of call.outputs) byTensor.set(output, range);
      return [call, range];
    }),
  );
}

function ownRange({ layer }: Call): ValueRange | undefined {
  return RANGES[kindOf(layer) === 'Softmax' ? 'softmax' : (activationOf(layer) ?? '')];
}
