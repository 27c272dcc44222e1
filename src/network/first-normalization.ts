// What a network's first batch normalization remembers of what it was trained on.

import { tf } from '../backend/tfjs/tensors.js';

/** The first BatchNormalization of a network, where it gets what another layer puts out. */
export interface FirstNormalization {
  /** the layer whose output it normalizes */
  readonly layer: string;
  /** of each channel over the training data: its moving average */
  readonly variance: Float32Array;
}

/** Undefined for a network without one, or whose first one is called several times, or normalizes the image itself. */
export function findFirstNormalization(model: tf.LayersModel): FirstNormalization | undefined {
  const layer = model.layers.find((each) => each.getClassName() === 'BatchNormalization');
  const [node, ...others] = layer?.inboundNodes ?? [];
  const source = node?.inputTensors[0]?.sourceLayer;
  if (layer === undefined || source === undefined || others.length > 0) return undefined;
  if (source.inboundNodes.length !== 1 || source.getClassName() === 'InputLayer') return undefined;
  if (source instanceof tf.LayersModel || node?.inputTensors[0]?.rank !== 4) return undefined;
  const variance = layer.weights.find(({ originalName }) => /\/moving_variance(_\d+)?$/.test(originalName))?.read();
  return variance && { layer: source.name, variance: variance.dataSync<'float32'>() };
}
