import { expect } from 'vitest';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { ChannelPeaks } from '../../src/engines/contract/channel-peaks.js';
import type { Engine } from '../../src/engines/contract/engine.js';
import { graphEngine, layersEngine } from '../helpers/engines.js';
import { randomModel, uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';

const pixels = 12 * 10 * 3;

function makeModel() {
  return randomModel(
    [
      tf.layers.conv2d({ name: 'relu', filters: 5, kernelSize: 3, activation: 'relu', inputShape: [12, 10, 3] }),
      tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      tf.layers.conv2d({ name: 'linear', filters: 2, kernelSize: 1 }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({ name: 'dense', units: 4, activation: 'sigmoid' }),
    ],
    3,
  );
}

const names = ['relu', 'pool', 'linear', 'dense'];

/** The same from the maps, value by value. */
async function searchMaps(engine: Engine, inputs: Float32Array, size: number): Promise<ChannelPeaks[]> {
  const outputs = await engine.run(inputs, size, names);
  return outputs.map(({ name, shape, values }) => {
    const channels = shape.at(-1) as number;
    const positions = values.length / size / channels;
    const found = Array.from({ length: size * channels }, (_, at) => {
      const [image, channel] = [Math.floor(at / channels), at % channels];
      const own = Array.from(
        { length: positions },
        (_value, position) => values[(image * positions + position) * channels + channel] as number,
      );
      const maximum = Math.max(...own);
      return { mean: own.reduce((sum, value) => sum + value, 0) / positions, maximum, place: own.indexOf(maximum) };
    });
    return {
      name,
      means: Float32Array.from(found, ({ mean }) => mean),
      maxima: Float32Array.from(found, ({ maximum }) => maximum),
      places: Float32Array.from(found, ({ place }) => place),
    };
  });
}

nativeTest.each(['graph', 'layers'] as const)('the peaks of the %s engine are those of its maps', async (kind) => {
  const model = makeModel();
  const engine = kind === 'graph' ? graphEngine(model, ['peaks', 'run']) : layersEngine(model);
  const inputs = uniform(4 * pixels, 7, -3, 3);
  const [found, expected] = [await engine.locatePeaks(inputs, 4, names), await searchMaps(engine, inputs, 4)];
  for (const [index, { name, maxima, places, means }] of found.entries()) {
    const searched = expected[index] as ChannelPeaks;
    expect([name, maxima, places]).toEqual([searched.name, searched.maxima, searched.places]);
    for (const [at, mean] of means.entries()) expect(mean).toBeCloseTo(searched.means[at] as number, 4);
  }
  engine.dispose();
});

nativeTest.each(['graph', 'layers'] as const)(
  'of equal peaks the %s engine gives the first, row by row',
  async (kind) => {
    const layer = tf.layers.activation({ name: 'relu', activation: 'relu', inputShape: [3, 4, 2] });
    const model = randomModel([layer], 1);
    const engine = kind === 'graph' ? graphEngine(model, ['peaks']) : layersEngine(model);
    const image = new Float32Array(3 * 4 * 2);
    const light = (row: number, column: number, channel: number) => {
      image[(row * 4 + column) * 2 + channel] = 5;
    };
    // Further left in a lower row: neither the first column nor the last row.
    for (const [row, column] of [
      [1, 3],
      [2, 0],
      [2, 2],
    ] as const)
      light(row, column, 0);
    const [peaks] = await engine.locatePeaks(image, 1, ['relu']);
    expect(peaks).toMatchObject({ maxima: Float32Array.of(5, 0), places: Float32Array.of(7, 0) });
    engine.dispose();
  },
);

nativeTest('an image has the same bits in batches of any size, and a NaN elsewhere changes nothing', async () => {
  const graph = graphEngine(makeModel(), ['peaks']);
  const images = uniform(5 * pixels, 7, -3, 3);
  const alone = await Promise.all(
    Array.from({ length: 5 }, (_, image) =>
      graph.locatePeaks(images.subarray(image * pixels, (image + 1) * pixels), 1, names),
    ),
  );
  const broken = images.slice();
  broken.fill(Number.NaN, 0, pixels);
  for (const inputs of [images, broken]) {
    const together = await graph.locatePeaks(inputs, 5, names);
    for (const [layer, peaks] of together.entries()) {
      for (const field of ['means', 'maxima', 'places'] as const) {
        const expected = alone.slice(1).flatMap((each) => [...(each[layer] as ChannelPeaks)[field]]);
        const size = peaks[field].length / 5;
        expect([...peaks[field].subarray(size)], `${peaks.name} ${field}`).toEqual(expected);
      }
    }
  }
  graph.dispose();
});
