import { expect } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { articleNetwork } from '../helpers/article-network.js';
import { graphScores, layersScores } from '../helpers/engines.js';
import { relativeDifference, uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';

nativeTest(
  'several images at once, several layers and the input give what each gives alone, on either engine',
  async () => {
    await selectBackend('native');
    const model = articleNetwork(64, [4, 6, 8, 10], 16);
    const [graph, layers] = [graphScores(model), layersScores(model)];
    const images = uniform(3 * 64 * 64 * 3, 5, 0, 1);
    const names = ['max_pooling2d_1', 'conv2d_3'];
    const against = Float32Array.of(-1);
    const before = tf.memory().numTensors;
    for (const network of [graph, layers]) {
      const all = await network.differentiateAll(images, { layerNames: names, input: true }, against);
      const { scores } = await network.computeScores(images);
      expect(all.layers.map(({ output }) => output.name)).toEqual(names);
      for (let image = 0; image < 3; image++) {
        const part = (values: Float32Array) =>
          values.slice((image * values.length) / 3, ((image + 1) * values.length) / 3);
        const own = await layers.differentiateAll(part(images), { layerNames: [], input: true }, against);
        expect(relativeDifference(part(all.input), own.input)).toBeLessThan(1e-5);
        expect((await layers.computeScores(part(images))).scores[0]).toBeCloseTo(scores[image] as number, 5);
        for (const [index, name] of names.entries()) {
          const alone = await layers.differentiate(part(images), name, against);
          const together = all.layers[index] as (typeof all.layers)[number];
          expect(relativeDifference(part(together.gradient), Float32Array.from(alone.gradient))).toBeLessThan(1e-5);
          expect(relativeDifference(part(together.output.values), Float32Array.from(alone.output.values))).toBeLessThan(
            1e-5,
          );
        }
      }
      expect((await network.differentiateAll(images, { layerNames: names, input: false }, against)).input).toHaveLength(
        0,
      );
    }
    expect(tf.memory().numTensors).toBe(before);
  },
);
