import { expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { buildModel } from '../../src/network/build.js';
import { keepWeights, listLayers, redrawWeights } from '../../src/network/redraw-weights.js';

await selectBackend('cpu');

const build = () => buildModel({ imageSize: 12, filters: [4, 4], dense: 64, dropout: 0, classCount: 2 }, 1);
const read = (model: ReturnType<typeof build>, name: string) =>
  model
    .getLayer(name)
    .getWeights()
    .map((weight) => Float32Array.from(weight.dataSync()));

test('layers are redrawn from the end of the network on', () => {
  const model = build();
  expect(listLayers(model, 'last')).toEqual(['dense_2']);
  expect(listLayers(model, 'afterMaps')).toEqual(['dense_2', 'dense_1']);
  expect(listLayers(model, 'all')).toEqual(['dense_2', 'dense_1', 'conv2d_2', 'conv2d_1']);
  model.dispose();
});

test('where the last maps are only pooled, the convolution that makes them is redrawn', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'first', inputShape: [8, 8, 3], filters: 4, kernelSize: 3 }),
      tf.layers.conv2d({ name: 'classes', filters: 2, kernelSize: 1 }),
      tf.layers.globalAveragePooling2d({ name: 'pool' }),
      tf.layers.softmax({ name: 'softmax' }),
    ],
  });
  expect(listLayers(model, 'afterMaps')).toEqual(['classes']);
  model.dispose();
});

test('kernels keep their spread and nothing else, vectors their values; then all is as before', () => {
  const model = build();
  const kept = keepWeights(model);
  const [before, untouched] = [read(model, 'dense_1'), read(model, 'conv2d_2')];
  redrawWeights(model, ['dense_2', 'dense_1'], 7);
  const [kernel, bias] = read(model, 'dense_1') as [Float32Array, Float32Array];
  const [oldKernel, oldBias] = before as [Float32Array, Float32Array];
  const deviation = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  expect(deviation(kernel) / deviation(oldKernel)).toBeCloseTo(1, 0);
  const product = kernel.reduce((sum, value, index) => sum + value * (oldKernel[index] as number), 0);
  expect(Math.abs(product) / (kernel.length * deviation(kernel) * deviation(oldKernel))).toBeLessThan(0.2);
  expect(Float32Array.from(bias).sort()).toEqual(Float32Array.from(oldBias).sort());
  expect(read(model, 'conv2d_2')).toEqual(untouched);
  redrawWeights(model, ['dense_2', 'dense_1'], 7);
  kept.restore();
  expect(read(model, 'dense_1')).toEqual(before);
  model.dispose();
});

test('a seed decides what is drawn', () => {
  const drawn = [7, 7, 8].map((seed) => {
    const model = build();
    redrawWeights(model, ['dense_2'], seed);
    const [kernel] = read(model, 'dense_2');
    model.dispose();
    return kernel;
  });
  expect(drawn[1]).toEqual(drawn[0]);
  expect(drawn[2]).not.toEqual(drawn[0]);
});
