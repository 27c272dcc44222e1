// Runs a model's calls one by one.

import { tf } from '../../backend/tfjs/tensors.js';
import type { LayerOutput, NetworkLayer } from '../contract/engine.js';
import { toInputTensor } from '../contract/input-tensor.js';
import type { NetworkInput } from '../contract/network-input.js';
import type { LayerCall, NetworkPlan } from '../contract/network-plan.js';

/** See Engine. */
export async function runLayers(
  plan: NetworkPlan,
  inputs: NetworkInput,
  size: number,
  layers: readonly NetworkLayer[],
): Promise<LayerOutput[]> {
  const tensors = runBatch(plan, inputs, size, layers);
  try {
    return await Promise.all(
      tensors.map(async (tensor, index) => ({
        name: (layers[index] as NetworkLayer).name,
        shape: tensor.shape,
        values: await tensor.data<'float32'>(),
      })),
    );
  } finally {
    tf.dispose(tensors);
  }
}

/** What layers put out for a batch, in the order of `layers`. */
export function runBatch(
  plan: NetworkPlan,
  inputs: NetworkInput,
  size: number,
  layers: readonly NetworkLayer[],
): tf.Tensor[] {
  const wanted = layers.map(({ name }) => outputOf(plan, name));
  return tf.tidy(() => {
    const tensors = runCalls(plan, toInputTensor(inputs, [size, ...plan.inputShape]), wanted);
    return wanted.map((id) => tensors.get(id) as tf.Tensor);
  });
}

/** The tensor that a layer puts out. */
export function outputOf({ shown }: NetworkPlan, layerName: string): number {
  return shown.find(({ name }) => name === layerName)?.outputs[0] as number;
}

/**
 * Runs what the wanted tensors depend on, in inference; others are disposed as soon as nobody needs them any more.
 *
 * @param change what becomes of a call's output before others get it
 * @param known tensors that need not be computed, by their ids
 */
export function runCalls(
  { calls, input }: NetworkPlan,
  image: tf.Tensor,
  wanted: readonly number[],
  change: (call: LayerCall, output: tf.Tensor) => tf.Tensor = (_, output) => output,
  known: ReadonlyMap<number, tf.Tensor> = new Map(),
): Map<number, tf.Tensor> {
  const needed = new Set(wanted);
  const uses = new Map<number, number>();
  const toRun = calls.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some((id) => needed.has(id) && !known.has(id))) return false;
    for (const id of inputs) {
      needed.add(id);
      uses.set(id, (uses.get(id) ?? 0) + 1);
    }
    return true;
  });
  const tensors = new Map([[input, image], ...known]);
  for (const call of toRun.reverse()) {
    const given = call.inputs.map((id) => tensors.get(id) as tf.Tensor);
    const result = call.layer.apply(given.length === 1 ? (given[0] as tf.Tensor) : given, { training: false });
    const outputs = (Array.isArray(result) ? result : [result]) as tf.Tensor[];
    for (const [index, id] of call.outputs.entries()) tensors.set(id, change(call, outputs[index] as tf.Tensor));
    for (const id of call.inputs) {
      const left = (uses.get(id) as number) - 1;
      uses.set(id, left);
      if (left === 0 && !wanted.includes(id)) tensors.get(id)?.dispose();
    }
  }
  return tensors;
}
