import { measurePlanes, type Plane } from '../../src/base/plane.js';
import type { LayerSummary } from '../../src/page/summary.js';

/** A layer that puts out these maps, in words that say little. */
export function summarizePlanes(planes: readonly Plane[], name = 'conv2d_1'): LayerSummary {
  return {
    name,
    caption: `${name}: ${planes.length} channels`,
    channels: planes.map((plane, number) => ({
      plane,
      statistics: measurePlanes([plane]),
      firingFraction: plane.values.filter((value) => value > 0).length / plane.values.length,
      contribution: (number * 7) % 20,
    })),
    overall: measurePlanes(planes),
  };
}
