import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { nativeTest } from '../../../helpers/native.js';
import { optimizerDifference } from '../../../helpers/optimizer-steps.js';

nativeTest("plain steps are tfjs's", () => {
  const config = { name: 'sgd', momentum: 0, nesterov: false } as const;
  expect(optimizerDifference(config, tf.train.sgd(1))).toBeLessThan(1e-5);
});

nativeTest.each([false, true])("steps with momentum are tfjs's, nesterov %s", (nesterov) => {
  const config = { name: 'sgd', momentum: 0.7, nesterov } as const;
  expect(optimizerDifference(config, tf.train.momentum(1, 0.7, nesterov))).toBeLessThan(1e-5);
});
