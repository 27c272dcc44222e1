// Finds where each channel responds most, op by op.

import { tf } from '../../backend/tfjs/tensors.js';
import type { ChannelPeaks } from '../contract/channel-peaks.js';
import type { NetworkLayer } from '../contract/engine.js';
import type { NetworkInput } from '../contract/network-input.js';
import type { NetworkPlan } from '../contract/network-plan.js';
import { runBatch } from './run.js';

/** See Engine. */
export async function locatePeaks(
  plan: NetworkPlan,
  inputs: NetworkInput,
  size: number,
  layers: readonly NetworkLayer[],
): Promise<ChannelPeaks[]> {
  const peaks = tf.tidy(() => runBatch(plan, inputs, size, layers).map(findPeaks));
  try {
    return await Promise.all(
      peaks.map(async ({ means, maxima, places }, index) => ({
        name: (layers[index] as NetworkLayer).name,
        means: await means.data<'float32'>(),
        maxima: await maxima.data<'float32'>(),
        places: await places.data<'float32'>(),
      })),
    );
  } finally {
    tf.dispose(peaks);
  }
}

/** As a type, not an interface, it is a container of tensors to `tf.tidy`. */
type Peaks = Record<'means' | 'maxima' | 'places', tf.Tensor>;

function findPeaks(output: tf.Tensor): Peaks {
  const channels = output.shape.at(-1) as number;
  const values: tf.Tensor3D = tf.reshape(output, [output.shape[0] as number, -1, channels]);
  const maxima = tf.max(values, 1, true);
  const count = values.shape[1];
  // The first of equals, whatever a backend's own argMax makes of them.
  const ranks = tf.reshape(tf.range(count, 0, -1), [1, count, 1]);
  const rank = tf.max(tf.mul(tf.cast(tf.equal(values, maxima), 'float32'), ranks), 1, true);
  return { means: tf.mean(values, 1), maxima, places: tf.sub(count, tf.maximum(rank, 1)) };
}
