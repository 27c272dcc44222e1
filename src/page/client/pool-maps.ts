// Computes the maps of a max pooling from those of the layer that it pools.

import type { LayerData } from '../image-data.js';
import type { NetworkLayerData } from '../page-data.js';
import type { ChannelMap, LayerMaps, Steps } from './layer-maps.js';

/**
 * Of each window the largest step. That is the step of the largest value: steps are in the order of their values, and both layers
 * have the same ones.
 *
 * @param pooled without NaN and infinities
 */
export function poolMaps(pooled: LayerMaps, layer: LayerData, { settings }: NetworkLayerData): LayerMaps {
  const [windowHeight, windowWidth] = settings.poolSize ?? [2, 2];
  const [down, across] = settings.strides ?? [windowHeight, windowWidth];
  const { width, height } = pooled.layer;
  const isSame = settings.padding === 'same';
  const rows = { count: layer.height, length: windowHeight, step: down, size: height, isSame };
  const columns = { count: layer.width, length: windowWidth, step: across, size: width, isSame };
  const windows = { rows: findWindows(rows), columns: findWindows(columns) };
  return {
    layer,
    channels: pooled.channels.map(
      ({ steps, ...range }): ChannelMap => ({ ...range, steps: pool(steps, width, windows) }),
    ),
  };
}

interface Windows {
  rows: readonly (readonly [from: number, to: number])[];
  columns: readonly (readonly [from: number, to: number])[];
}

/** Where windows begin and end along one side; TensorFlow pads one more at the end where the padding is odd. */
function findWindows(side: {
  count: number;
  length: number;
  step: number;
  size: number;
  isSame: boolean;
}): Windows['rows'] {
  const { count, length, step, size, isSame } = side;
  const padding = isSame ? Math.max(0, (count - 1) * step + length - size) : 0;
  return Array.from({ length: count }, (_, index) => {
    const from = index * step - Math.floor(padding / 2);
    return [Math.max(0, from), Math.min(size, from + length)] as const;
  });
}

function pool(steps: Steps, width: number, { rows, columns }: Windows): Steps {
  const pooled = new Uint16Array(rows.length * columns.length);
  let at = 0;
  for (const [top, bottom] of rows) {
    for (const [left, right] of columns) {
      let largest = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) largest = Math.max(largest, steps[y * width + x] as number);
      }
      pooled[at++] = largest;
    }
  }
  return pooled;
}
