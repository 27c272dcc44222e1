// The line below a tile: how strong its channel is among those of its layer.

import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import { type Range, type Scaling, strengthOf } from './normalize.js';
import { colors } from './style.js';

const restColor: Color = [222, 222, 228];

/** What lines need to be drawn: none where the scale does not ask for them. */
export interface StrengthLines {
  /** below each tile, pixels */
  room: number;
  /** @param y the first row of pixels below the tile */
  paint(raster: Raster, channel: Range, place: { x: number; y: number; width: number }): void;
}

/** @param unit text size */
export function planStrengthLines(scaling: Scaling, layer: Range, unit: number): StrengthLines {
  if (scaling !== 'strength') return { room: 0, paint: () => undefined };
  const thickness = unit + 1;
  return {
    room: thickness + 3,
    paint(raster, channel, { x, y, width }) {
      const length = Math.round(width * strengthShare(channel, layer));
      fillRectangle(raster, x, y + 1, width, thickness, restColor);
      fillRectangle(raster, x, y + 1, length, thickness, colors.ink);
    },
  };
}

/** The largest value of a channel, either side of 0, as a part of the layer's: 0..1. */
function strengthShare(channel: Range, layer: Range): number {
  const largest = strengthOf(layer);
  return largest > 0 ? strengthOf(channel) / largest : 0;
}
