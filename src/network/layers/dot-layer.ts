// The product of two tensors along one axis of each, image by image.

import { tf } from '../../backend/tfjs/tensors.js';
import { axesOfDot, othersThan } from '../../engines/contract/dot-axes.js';
import { defineLayer, type LayerBehavior } from './keras-layer.js';
import { toUnitLength } from './normalization-layers.js';

const multiply = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1);

export const dot = defineLayer<{ axes: number | number[]; normalize?: boolean }>(
  'Dot',
  ['axes', 'normalize'],
  ({ axes, normalize = false }): LayerBehavior => ({
    outputShape(a, b) {
      const [first, second] = axesOfDot(axes, a.length, (b as tf.Shape).length);
      const sizes = [...othersThan(first, a), ...othersThan(second, b as tf.Shape)];
      return [a[0] as null, ...(sizes.length === 0 ? [1] : sizes)];
    },
    compute([one, two]) {
      const given = [one, two] as [tf.Tensor, tf.Tensor];
      const places = axesOfDot(axes, given[0].rank, given[1].rank);
      // [batch, all others, the axis]
      const [a, b] = given.map((x, index) => {
        const place = places[index] as number;
        const y = normalize ? toUnitLength(x, [place], 'dot') : x;
        const order = [
          0,
          ...othersThan(
            place,
            y.shape.map((_, axis) => axis),
          ),
          place,
        ];
        return tf.reshape(tf.transpose(y, order), [x.shape[0] as number, -1, x.shape[place] as number]);
      }) as [tf.Tensor3D, tf.Tensor3D];
      const sizes = given.flatMap((x, index) => othersThan(places[index] as number, x.shape));
      return tf.reshape(tf.matMul(a, b, false, true), [a.shape[0], ...(multiply(sizes) === 1 ? [1] : sizes)]);
    },
  }),
);
