import fc from 'fast-check';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { aroundMaps, expectSameGradients, mapSize, padding, sizePair } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

const parameters = fc.record({ size: mapSize, poolSize: sizePair, strides: sizePair, padding });

nativeTest("gradients of the mean are tfjs's for any window, stride and padding", () => {
  expectSameGradients(parameters, ({ size, ...rest }) => aroundMaps(size, [tf.layers.averagePooling2d(rest)]));
});

nativeTest("gradients of the maximum are tfjs's for any window, stride and padding", () => {
  expectSameGradients(parameters, ({ size, ...rest }) => aroundMaps(size, [tf.layers.maxPooling2d(rest)]));
});
