// How much of a network a method needs.

import type { MethodSource } from './methods.js';
import type { SpatialLayer } from './select-layer.js';

/** Runs of the network for one image. */
export interface RunCount {
  /** forward alone */
  forward: number;
  /** forward and back, for the classes one after the other */
  gradients: number;
}

/** Runs for a method's map of some classes at a place, besides the one gradient that all methods of one gradient share. */
export function countRuns(
  method: { of: string } & MethodSource,
  { shape: [rows, columns, channels] }: SpatialLayer,
  classCount: number,
): RunCount {
  if (method.by === 'mean-gradient') return { forward: 0, gradients: classCount * method.runs };
  if (method.by !== 'perturbation') return { forward: 0, gradients: 0 };
  const own = method.of === 'layer' ? channels : rows * columns + 1;
  return { forward: method.runs ?? own, gradients: 0 };
}
