import fc from 'fast-check';
import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import type { TrainingConfig } from '../../../../src/engines/contract/training-config.js';
import { compileTrainingGraph } from '../../../../src/engines/graph/compile-training.js';
import { graphEngine } from '../../../helpers/engines.js';
import {
  activation,
  aroundMaps,
  expectSameGradients,
  mapSize,
  oneToThree,
  padding,
  sizePair,
} from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

const CONFIG: TrainingConfig = {
  loss: 'binaryCrossentropy',
  optimizer: { name: 'sgd', momentum: 0, nesterov: false },
};

nativeTest("gradients are tfjs's for any kernel, stride, padding and activation", () => {
  const parameters = fc.record({
    size: mapSize,
    filters: oneToThree,
    kernelSize: sizePair,
    strides: oneToThree,
    padding,
    activation,
    useBias: fc.boolean(),
  });
  expectSameGradients(
    parameters,
    ({ size, activation: name, ...rest }) =>
      aroundMaps(size, [tf.layers.conv2d({ ...rest, activation: name as 'relu' })]),
    { runs: 40 },
  );
});

nativeTest("gradients are tfjs's when the strides differ", () => {
  const parameters = fc.record({ size: mapSize, strides: fc.constantFrom<[number, number]>([1, 2], [2, 1]), padding });
  expectSameGradients(parameters, ({ size, ...rest }) =>
    aroundMaps(size, [tf.layers.conv2d({ filters: 2, kernelSize: 2, ...rest })]),
  );
});

nativeTest('strides that differ and exceed the kernel can be run, but not trained', async () => {
  const layers = aroundMaps({ height: 5, width: 5, channels: 1 }, [
    tf.layers.conv2d({ filters: 2, kernelSize: 2, strides: [1, 3], name: 'skipping' }),
  ]);
  const model = tf.sequential({ layers });
  expect(() => compileTrainingGraph(model, CONFIG)).toThrow(/skipping: strides \[1,3\] .* kernel \[2,2\]/);
  const network = graphEngine(model);
  const [output] = await network.run(new Float32Array(50), 1, ['skipping']);
  expect(output?.shape).toEqual([1, 4, 2, 2]);
  network.dispose();
});
