import fc from 'fast-check';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { activation, aroundUnits, expectSameGradients, oneToThree } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

nativeTest("gradients are tfjs's for any size and activation", () => {
  const parameters = fc.record({ inputs: oneToThree, units: oneToThree, activation, useBias: fc.boolean() });
  expectSameGradients(parameters, ({ inputs, activation: name, ...rest }) =>
    aroundUnits(inputs, [tf.layers.dense({ ...rest, activation: name as 'relu' })]),
  );
});
