import { measurePlanes, type Plane } from '../../src/base/plane.js';
import type { LayerSummary } from '../../src/page/summary.js';

/** A layer that puts out these maps, in words that say little. */
export function summarizePlanes(planes: readonly Plane[], name = 'conv2d_1'): LayerSummary {
  const [{ width, height }] = planes as [Plane];
  return {
    name,
    kind: 'Conv2D',
    flattened: null,
    shape: [1, height, width, planes.length],
    parameterCount: 7,
    caption: `${name}: ${planes.length} channels`,
    channels: planes.map((plane, number) => ({
      plane,
      statistics: measurePlanes([plane]),
      caption: `channel ${number}: of a test`,
      contribution: (number * 7) % 20,
    })),
    overall: measurePlanes(planes),
  };
}
