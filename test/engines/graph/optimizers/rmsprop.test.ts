import { expect } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { nativeTest } from '../../../helpers/native.js';
import { optimizerDifference } from '../../../helpers/optimizer-steps.js';

nativeTest.each([
  { rho: 0.9, momentum: 0, epsilon: 1e-7 },
  { rho: 0.8, momentum: 0.5, epsilon: 1e-3 },
])("steps are tfjs's with %o", ({ rho, momentum, epsilon }) => {
  const optimizer = tf.train.rmsprop(1, rho, momentum, epsilon);
  expect(optimizerDifference({ name: 'rmsprop', rho, momentum, epsilon }, optimizer)).toBeLessThan(1e-5);
});
