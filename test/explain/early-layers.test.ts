import { describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { ScoreNetwork } from '../../src/engines/contract/scores.js';
import { hiresCam } from '../../src/explain/hires-cam.js';
import { graphScores, layersScores } from '../helpers/engines.js';
import { uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';

// A network like the article's. In float32 a relu or a maximum may be decided by rounding, here as in PyTorch: a gradient then goes to
// another cell, and a map of an early layer is off by a hundredth there. So the reference, in float64, decides by the very values
// that the network puts out; what is left is the order of summing.
const side = 62;
const classes = 3;

function buildNetwork(): tf.LayersModel {
  const convolutions = [6, 8, 12, 12].flatMap((filters, index) => [
    tf.layers.conv2d({
      ...{ filters, kernelSize: 3, activation: 'relu', name: `conv_${index}` },
      kernelInitializer: tf.initializers.glorotUniform({ seed: index + 1 }),
      ...(index === 0 ? { inputShape: [side, side, 3] } : {}),
    }),
    tf.layers.maxPooling2d({ poolSize: 2, name: `pool_${index}` }),
  ]);
  const dense = (units: number, activation: 'relu' | 'softmax', seed: number) =>
    tf.layers.dense({
      units,
      activation,
      name: activation,
      kernelInitializer: tf.initializers.glorotUniform({ seed }),
    });
  return tf.sequential({
    layers: [
      ...convolutions,
      tf.layers.flatten({ name: 'flatten' }),
      dense(24, 'relu', 7),
      dense(classes, 'softmax', 8),
    ],
  });
}

interface Maps {
  shape: number[];
  values: Float32Array;
}

/** [height, width, channels] of the pooling's input, from that of its output. */
function throughPooling(gradient: Float64Array, { shape: [height = 1, width = 1, channels = 1], values }: Maps) {
  const back = new Float64Array(values.length);
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  for (let at = 0; at < rows * columns * channels; at++) {
    const [row, column, channel] = [
      Math.floor(at / channels / columns),
      Math.floor(at / channels) % columns,
      at % channels,
    ];
    const window = [0, 1, width, width + 1].map((step) => (2 * row * width + 2 * column + step) * channels + channel);
    const highest = Math.max(...window.map((place) => values[place] as number));
    (back[window.find((place) => values[place] === highest) as number] as number) += gradient[at] as number;
  }
  return back;
}

/** Of the convolution's input, which is wider and higher by 2. @param output of its relu */
function throughConvolution(gradient: Float64Array, output: Maps, kernel: Float32Array, channelsIn: number) {
  const [height = 1, width = 1, channels = 1] = output.shape;
  const back = new Float64Array((height + 2) * (width + 2) * channelsIn);
  for (const [at, value] of gradient.entries()) {
    if (value === 0 || !((output.values[at] as number) > 0)) continue;
    const [row, column] = [Math.floor(at / channels / width), Math.floor(at / channels) % width];
    for (let step = 0; step < 9; step++) {
      const place = ((row + Math.floor(step / 3)) * (width + 2) + column + (step % 3)) * channelsIn;
      for (let channel = 0; channel < channelsIn; channel++) {
        (back[place + channel] as number) +=
          value * (kernel[(step * channelsIn + channel) * channels + (at % channels)] as number);
      }
    }
  }
  return back;
}

function throughDense(gradient: Float64Array, kernel: Float32Array, units: number) {
  return Float64Array.from({ length: kernel.length / units }, (_, input) =>
    gradient.reduce((sum, value, unit) => sum + value * (kernel[input * units + unit] as number), 0),
  );
}

const engines: [string, typeof nativeTest | typeof test, (model: tf.LayersModel) => ScoreNetwork][] = [
  ['tfjs', test, layersScores],
  ['the graph', nativeTest, graphScores],
];

describe.each(engines)('HiResCAM by %s', (engine, testOn, open) => {
  testOn('differs from float64 at early layers by rounding alone, 2e-6 of the largest value', async () => {
    await selectBackend(engine === 'tfjs' ? 'cpu' : 'native');
    const model = buildNetwork();
    const kernels = model.getWeights().map((weight) => weight.dataSync() as Float32Array);
    const network = open(model);
    const input = uniform(side * side * 3, 3).map((value) => Math.abs(value));
    const layerNames = [...[0, 1, 2, 3].flatMap((index) => [`conv_${index}`, `pool_${index}`]), 'relu'];
    for (let target = 0; target < classes; target++) {
      const weights = Float32Array.from({ length: classes }, (_, index) => Number(index === target));
      const { layers } = await network.differentiateAll(input, { layerNames, input: false, guided: false }, weights);
      const found = new Map(layers.map((layer) => [layer.output.name, layer]));
      const mapsOf = (name: string): Maps => {
        const { shape, values } = (found.get(name) as (typeof layers)[number]).output;
        return { shape: shape.slice(1), values };
      };
      let gradient = throughDense(Float64Array.from(weights), kernels[10] as Float32Array, classes);
      gradient = gradient.map((value, unit) => ((mapsOf('relu').values[unit] as number) > 0 ? value : 0));
      gradient = throughDense(gradient, kernels[8] as Float32Array, gradient.length);
      for (const index of [3, 2, 1, 0]) {
        for (const name of [`pool_${index}`, `conv_${index}`]) {
          const { shape, values } = mapsOf(name);
          if (name.startsWith('conv')) gradient = throughPooling(gradient, { shape, values });
          const cam = (gradients: ArrayLike<number>) =>
            hiresCam({
              shape: shape as [number, number, number],
              activations: values,
              gradients: gradients as Float32Array,
            });
          const expected = cam(gradient);
          const own = cam((found.get(name) as (typeof layers)[number]).gradient);
          const largest = Math.max(...expected.map(Math.abs));
          const difference = Math.max(...own.map((value, at) => Math.abs(value - (expected[at] as number))));
          expect(largest).toBeGreaterThan(0);
          expect(difference / largest, `${name}, class ${target}`).toBeLessThan(2e-6);
        }
        const channelsIn = index === 0 ? 3 : (mapsOf(`pool_${index - 1}`).shape[2] as number);
        gradient = throughConvolution(
          gradient,
          mapsOf(`conv_${index}`),
          kernels[2 * index] as Float32Array,
          channelsIn,
        );
      }
    }
  });
});
