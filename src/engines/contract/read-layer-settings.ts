// Reads a layer's settings for those who compute one of its values by hand.

import type { tf } from '../../backend/tfjs/tensors.js';
import type { LayerSettings } from './layer-settings.js';

export function readLayerSettings(layer: tf.layers.Layer): LayerSettings {
  const config = layer.getConfig() as Readonly<Record<string, unknown>>;
  const { padding, groups, depthMultiplier, useBias, activation } = config;
  const [kernelSize, poolSize, strides, dilation] = ['kernelSize', 'poolSize', 'strides', 'dilationRate'].map((key) =>
    readSides(config[key]),
  );
  return {
    ...(kernelSize && { kernelSize }),
    ...(poolSize && { poolSize }),
    ...(strides && { strides }),
    ...(dilation?.some((rate) => rate !== 1) && { dilation }),
    ...((padding === 'valid' || padding === 'same') && { padding }),
    ...(typeof groups === 'number' && groups !== 1 && { groups }),
    ...(typeof depthMultiplier === 'number' && depthMultiplier !== 1 && { depthMultiplier }),
    ...(typeof useBias === 'boolean' && { useBias }),
    ...(typeof activation === 'string' && activation !== 'linear' && { activation }),
  };
}

/** Of a height and a width; undefined of what has neither. */
function readSides(value: unknown): readonly [number, number] | undefined {
  if (typeof value === 'number') return [value, value];
  const [height, width = height] = Array.isArray(value) && value.length <= 2 ? value : [];
  return typeof height === 'number' && typeof width === 'number' ? [height, width] : undefined;
}
