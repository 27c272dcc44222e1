// Between which ends each layer's values lie.

import type { tf } from '../../backend/tfjs/tensors.js';
import type { ValueRange } from './channel-meter.js';

/** Activations that flatten out toward both ends. A relu has none above, and its lower one is silence. */
const RANGES: Record<string, ValueRange> = {
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  softsign: [-1, 1],
};

/** Layers whose values lie within the range of what they get. */
const PASSES_ON = /^(Flatten|Reshape|Permute|Dropout|SpatialDropout\w*|(Global)?(Max|Average)Pooling\w*)$/;

/** The range of each layer's values by its name, null where an end is open. */
export function findValueRanges(model: tf.LayersModel): Map<string, ValueRange | null> {
  const ranges = new Map<string, ValueRange | null>();
  for (const layer of model.layers) ranges.set(layer.name, ownRange(layer) ?? inheritedRange(layer, ranges));
  return ranges;
}

function ownRange(layer: tf.layers.Layer): ValueRange | undefined {
  const { activation } = layer as unknown as { activation?: { getClassName(): string } };
  return RANGES[layer.getClassName() === 'Softmax' ? 'softmax' : (activation?.getClassName() ?? '')];
}

function inheritedRange(layer: tf.layers.Layer, ranges: ReadonlyMap<string, ValueRange | null>): ValueRange | null {
  if (!PASSES_ON.test(layer.getClassName()) || Array.isArray(layer.input)) return null;
  return ranges.get(layer.input.sourceLayer.name) ?? null;
}
