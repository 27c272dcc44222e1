import { measurePlanes } from '../base/plane.js';
import type { PerturbingMap } from './cam.js';
import { locateCells } from './locate-cells.js';
import { scoreMasks } from './score-masks.js';
import { placeSide, stretch } from './stretch.js';
import { targetScore } from './targets.js';
import { weighChannels } from './weigh-channels.js';

/**
 * Score-CAM: every channel counts by the score of the image seen through its own map.
 *
 *     L_ij = sum_k alpha_k A_kij        alpha = softmax of y_k over the channels        y_k: the score under H_k
 *
 * H_k is A_k from 0 to 1, interpolated between the middles of the cells' receptive fields. Wang, Wang, Du, Yang, Zhang, Ding,
 * Mardziel, Hu: "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", CVPR workshop 2020, algorithm 1.
 * Costs a run of the network for each channel.
 *
 * The weights are all above 0: where activations are, too, nothing speaks against a class.
 */
export const scoreCam: PerturbingMap = async (image) => {
  const { network, layer, activations, targets } = image;
  const [height = 1, width = 1] = network.inputShape;
  const channels = layer.shape[2];
  const places = locateCells(layer, network.inputShape);
  const rows = placeSide(
    places.rows.map((middle) => middle * height),
    height,
  );
  const columns = placeSide(
    places.columns.map((middle) => middle * width),
    width,
  );
  const scores = targets.map(() => new Float64Array(channels));
  await scoreMasks(
    image,
    channels,
    (mask, channel) =>
      stretch(normalizeChannel(activations, channel, channels), layer.shape[1], { rows, columns }, mask),
    (all, _, channel) => {
      for (const [index, target] of targets.entries()) {
        (scores[index] as Float64Array)[channel] = targetScore(target, all);
      }
    },
  );
  return scores.map((own) => weighChannels(activations, softmax(own)));
};

/** One channel's map from 0 to 1; 0 where it is the same everywhere. */
function normalizeChannel(activations: Float32Array, channel: number, channels: number): Float32Array {
  const map = Float32Array.from({ length: activations.length / channels }, (_, position) => {
    return activations[position * channels + channel] as number;
  });
  const { min: low, max: high } = measurePlanes([{ width: map.length, height: 1, values: map }]);
  return map.map((value) => (high > low ? (value - low) / (high - low) : 0));
}

function softmax(scores: Float64Array): Float64Array {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
