// Runs one image through the network and returns the planes of every layer.

import { badArgument } from '../base/errors.js';
import type { Plane } from '../base/plane.js';

/** What one layer put out for one image. */
export interface LayerActivation {
  name: string;
  /** [1, height, width, channels], or [1, units] of a layer without height and width */
  shape: number[];
  /** as the network gave them: row by row, channels last */
  values: Float32Array;
  /** one a channel; of 1 x 1 where the layer has units */
  planes: Plane[];
}

/** The part of a Network that is needed to capture: one run gives every layer asked for. */
export interface ActivationSource {
  run(
    inputs: Float32Array,
    size: number,
    layerNames: string[],
  ): Promise<{ name: string; shape: number[]; values: Float32Array }[]>;
}

/**
 * Runs the network once on one image and cuts every requested layer's output into planes.
 *
 * @param input [height, width, channels], preprocessed
 * @returns in the order of `layerNames`
 */
export async function captureActivations(
  network: ActivationSource,
  input: Float32Array,
  layerNames: string[],
): Promise<LayerActivation[]> {
  return (await network.run(input, 1, layerNames)).map(cutIntoPlanes);
}

/** What a layer put out for one image, with its planes. */
export function cutIntoPlanes({ name, shape, values }: Omit<LayerActivation, 'planes'>): LayerActivation {
  return { name, shape, values, planes: splitChannels(shape, values) };
}

/** One plane for each channel of an activation; a unit of a vector is a channel of one value. */
function splitChannels(shape: number[], values: Float32Array): Plane[] {
  const channels = shape.at(-1) ?? 1;
  const [height = 1, width = 1] = shape.length === 4 ? shape.slice(1) : [];
  const size = height * width;
  if (values.length !== size * channels) throw badArgument('values', `${size * channels} numbers`, values.length);
  return Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(size);
    for (let index = 0, from = channel; index < size; index++, from += channels) plane[index] = values[from] as number;
    return { width, height, values: plane };
  });
}
