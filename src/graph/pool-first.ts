import type { Operation } from './operation.js';

/** An operation and the layer it belongs to. */
export interface Step {
  readonly layerName: string;
  readonly operation: Operation;
}

/**
 * Moves max pooling before the biases and activations that it follows: maxpool(relu(conv + b)) =
 * relu(maxpool(conv) + b), and the gradient is the same, but bias, activation and their gradients then touch a fraction
 * of the memory. Right for operations that act on each value by itself and never decrease, and only where nobody
 * wants to see the layer in between.
 *
 * @param captured the layers whose outputs are wanted as they are
 */
export function poolFirst(steps: readonly Step[], captured: ReadonlySet<string>): Step[] {
  const ordered: Step[] = [];
  for (const step of steps) {
    ordered.splice(step.operation.isMaxPooling ? earliestPlace(ordered, step, captured) : ordered.length, 0, step);
  }
  return ordered;
}

function earliestPlace(before: readonly Step[], pooling: Step, captured: ReadonlySet<string>): number {
  let place = before.length;
  while (place > 0) {
    const previous = before[place - 1] as Step;
    const isShown = previous.layerName !== pooling.layerName && captured.has(previous.layerName);
    if (!previous.operation.keepsOrder || isShown) break;
    place--;
  }
  return place;
}
