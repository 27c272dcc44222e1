import { badArgument } from '../errors.js';
import type { Plane } from '../plane.js';

/** What one layer put out for one image. */
export interface LayerActivation {
  name: string;
  /** maps: [1, height, width, channels]; units: [1, units] */
  kind: 'maps' | 'units';
  /** with the batch's 1 in front, as Keras prints it */
  shape: number[];
  /** as the network gave them: row by row, channels last */
  values: Float32Array;
  /** maps: one plane a channel; units: all of them in one row */
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
  const outputs = await network.run(input, 1, layerNames);
  return outputs.map(({ name, shape, values }) => ({
    name,
    kind: shape.length === 4 ? 'maps' : 'units',
    shape,
    values,
    planes: splitChannels(shape, values),
  }));
}

/** One plane for each channel of an activation; a vector becomes one plane, a single row high. */
export function splitChannels(shape: number[], values: Float32Array): Plane[] {
  if (shape.length !== 4) return [{ width: values.length, height: 1, values }];
  const [, height, width, channels] = shape as [number, number, number, number];
  const size = height * width;
  if (values.length !== size * channels) throw badArgument('values', `${size * channels} numbers`, values.length);
  return Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(size);
    for (let index = 0, from = channel; index < size; index++, from += channels) plane[index] = values[from] as number;
    return { width, height, values: plane };
  });
}
