import fc from 'fast-check';
import { tf } from '../../../src/backend/tensors.js';
import { aroundMaps, expectSameGradients, mapSize, padding, sizePair } from '../../helpers/gradients.js';
import { nativeTest } from '../../helpers/native.js';

nativeTest("gradients are tfjs's for any window, stride and padding", () => {
  const parameters = fc.record({ size: mapSize, poolSize: sizePair, strides: sizePair, padding });
  expectSameGradients(parameters, ({ size, ...rest }) => aroundMaps(size, [tf.layers.averagePooling2d(rest)]));
});
