import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { aroundMaps, expectSameGradients, mapSize } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

nativeTest("gradients are tfjs's", () => {
  expectSameGradients(mapSize, (size) => aroundMaps(size, [tf.layers.globalMaxPooling2d({})]));
});
