import { expect, it } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { mapBatch } from '../../../src/commands/report/map-batch.js';
import { explainInput } from '../../../src/explain/explain-input.js';
import { selectSpatialLayer } from '../../../src/explain/select-layer.js';
import { classTarget } from '../../../src/explain/targets.js';
import { layersScores } from '../../helpers/engines.js';
import { relativeDifference, uniform } from '../../helpers/gradients.js';

/** Maps of 4 x 4 cells, 5 features, so many scores. */
function makeNetwork(units: number) {
  const activation = units === 1 ? 'sigmoid' : 'softmax';
  return layersScores(
    tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [6, 6, 3], name: 'maps', filters: 4, kernelSize: 3, activation: 'relu' }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 5, name: 'features', activation: 'relu' }),
        tf.layers.dense({ units, activation }),
      ],
    }),
  );
}

it.each([
  [1, [1, 0, 1, 1]],
  [3, [2, 0, 2, 1]],
])('maps each image of a batch as it is mapped alone: %i scores, classes %j', async (units, predicted) => {
  await selectBackend('cpu');
  const scores = makeNetwork(units);
  const layer = selectSpatialLayer(scores.layers);
  const size = 6 * 6 * 3;
  const inputs = uniform(predicted.length * size, 1);
  const mapped = await mapBatch(inputs, predicted, { scores, layer, featureLayer: 'features' });
  for (const [at, classIndex] of predicted.entries()) {
    const input = inputs.slice(at * size, (at + 1) * size);
    const target = classTarget(classIndex, scores.scoreCount);
    const choice = { layers: [layer], targets: [target], methods: ['hirescam'] as const };
    const [alone] = await explainInput(scores, input, await scores.computeScores(input), choice);
    const { map, features, weights } = mapped[at] as (typeof mapped)[number];
    expect(relativeDifference(map, alone?.maps[0]?.map.values as Float32Array)).toBeLessThan(1e-5);
    const { output, gradient } = await scores.differentiate(input, 'features', target.scoreWeights);
    expect(relativeDifference(features, output.values)).toBeLessThan(1e-5);
    expect(relativeDifference(weights, gradient)).toBeLessThan(1e-5);
  }
});
