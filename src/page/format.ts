// Shapes in pages.

import { formatCount } from '../base/counts.js';

/** A shape without the batch: 148 × 148 × 32. */
export function formatShape(shape: readonly number[]): string {
  return shape.map(formatCount).join(' × ');
}
