import { expect } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { graphEngine } from '../../helpers/engines.js';
import { nativeTest } from '../../helpers/native.js';

const megabytes = () => process.memoryUsage().rss / 1e6;

nativeTest('a graph shares the memory of the weights with the model', async () => {
  const [units, inputs] = [6000, 5000]; // 120 MB
  const model = tf.sequential({
    layers: [tf.layers.dense({ units, inputShape: [inputs], kernelInitializer: 'zeros' })],
  });
  // Numbers that come from JavaScript are not TensorFlow's before somebody needs them: let it make these itself.
  model.weights[0]?.write(tf.fill([inputs, units], 1));
  const before = megabytes();
  const engine = graphEngine(model, ['run']);
  expect(megabytes() - before).toBeLessThan(60);
  const [output] = await engine.run(new Float32Array(inputs).fill(1), 1, engine.outputNames);
  expect(output?.values[0]).toBe(inputs);
  expect(megabytes() - before).toBeLessThan(60);
  engine.dispose();
  expect((model.predict(tf.ones([1, inputs])) as tf.Tensor).dataSync()[0]).toBe(inputs);
  model.dispose();
});
