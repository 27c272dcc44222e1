import fc from 'fast-check';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { aroundMaps, expectSameGradients, mapSize } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

nativeTest("gradients are tfjs's", () => {
  const parameters = fc.record({
    size: mapSize,
    scale: fc.constantFrom(-2, 0.5, 3),
    offset: fc.constantFrom(-1, 0, 0.5),
  });
  expectSameGradients(parameters, ({ size, ...rest }) => aroundMaps(size, [tf.layers.rescaling(rest)]));
});
