import type { PerturbingMap } from './cam.js';
import { targetScore } from './targets.js';
import { weighChannels } from './weigh-channels.js';

/** Numbers that cross into the network at once. */
const numbersAtOnce = 4e6;

const imagesAtOnce = 32;

/**
 * Ablation-CAM: every channel counts by how much the score falls without it.
 *
 *     L_ij = sum_k (y - y_k) A_kij        y_k: the score where A_k is 0
 *
 * Desai, Ramaswamy: "Ablation-CAM: Visual Explanations for Deep Convolutional Network via Gradient-free Localization", WACV 2020,
 * equations 3 and 4. Their weights are divided by y, one number for the whole map that turns its sign where the score is below 0: it
 * is left out. Costs a run of the layers after this one for each channel.
 */
export const ablationCam: PerturbingMap = async ({ network, input, layer, activations, targets, advance }) => {
  const [height, width, channels] = layer.shape;
  const size = height * width * channels;
  const atOnce = Math.max(1, Math.min(imagesAtOnce, Math.floor(numbersAtOnce / size)));
  const intact = await network.computeScoresFrom(input, layer.name, activations);
  const weights = targets.map(() => new Float64Array(channels));
  for (let start = 0; start < channels; start += atOnce) {
    const count = Math.min(atOnce, channels - start);
    const outputs = new Float32Array(count * size);
    for (let each = 0; each < count; each++) {
      outputs.set(activations, each * size);
      for (let at = each * size + start + each; at < (each + 1) * size; at += channels) outputs[at] = 0;
    }
    const scores = await network.computeScoresFrom(input, layer.name, outputs);
    for (let each = 0; each < count; each++) {
      const without = scores.subarray(each * network.scoreCount, (each + 1) * network.scoreCount);
      targets.forEach((target, index) => {
        (weights[index] as Float64Array)[start + each] = targetScore(target, intact) - targetScore(target, without);
      });
    }
    await advance(count);
  }
  return weights.map((own) => weighChannels(activations, own));
};
