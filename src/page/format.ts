// Shapes in pages.

import { formatCount } from '../base/counts.js';

/** The shape of what a layer puts out, without the batch: 148 × 148 × 32. */
export function formatOutput(shape: readonly number[]): string {
  return shape.slice(1).map(formatCount).join(' × ');
}
