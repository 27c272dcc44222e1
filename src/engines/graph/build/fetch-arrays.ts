import type { GraphSession } from '../../../backend/native/session.js';
import { tf } from '../../../backend/tfjs/tensors.js';
import type { GraphTensor } from './graph-builder.js';

/** Numbers to feed: what goes where. */
export interface Feed {
  readonly to: GraphTensor;
  readonly values: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** Runs the session on plain arrays; no tensor outlives the call. */
export function fetchArrays(
  session: GraphSession,
  feeds: readonly Feed[],
  fetches: readonly GraphTensor[],
): { shape: number[]; values: Float32Array }[] {
  if (fetches.length === 0) return []; // TensorFlow refuses to run for nothing
  const tensors: tf.Tensor[] = [];
  try {
    const fed: Record<string, tf.Tensor> = {};
    for (const { to, values, shape } of feeds) {
      const tensor = tf.tensor(values, shape as number[], values instanceof Int32Array ? 'int32' : 'float32');
      tensors.push(tensor);
      fed[to.name] = tensor;
    }
    const results = session.run(
      fed,
      fetches.map(({ name }) => name),
    );
    tensors.push(...results);
    return results.map((result) => ({ shape: result.shape, values: result.dataSync<'float32'>() }));
  } finally {
    tf.dispose(tensors);
  }
}
