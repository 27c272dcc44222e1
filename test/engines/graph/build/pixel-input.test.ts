import { expect } from 'vitest';
import { selectBackend } from '../../../../src/backend/select.js';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import { toFloats } from '../../../../src/dataset/stream/floats.js';
import type { Engine } from '../../../../src/engines/contract/engine.js';
import { graphEngine, layersEngine } from '../../../helpers/engines.js';
import { nativeTest } from '../../../helpers/native.js';

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, value) => value);

async function outputs(network: Engine, bytes: Uint8Array, rescale: number, size: number): Promise<Float32Array[]> {
  const last = network.outputNames;
  const [scaled] = await network.run({ bytes, rescale }, size, last);
  const [given] = await network.run(toFloats(bytes, rescale), size, last);
  return [scaled?.values, given?.values] as Float32Array[];
}

function flatten(...inputShape: number[]): tf.LayersModel {
  return tf.sequential({ layers: [tf.layers.flatten({ inputShape })] });
}

nativeTest('bytes are scaled to the very bits of toFloats, by the graph and by tfjs-layers', async () => {
  await selectBackend('native');
  const model = flatten(4, 8, 8);
  for (const network of [graphEngine(model), layersEngine(model)]) {
    for (const rescale of [1 / 255, 1, 1 / 127.5, 0.1]) {
      const [scaled] = await outputs(network, EVERY_BYTE, rescale, 1);
      expect(scaled).toEqual(toFloats(EVERY_BYTE, rescale));
    }
    network.dispose();
  }
});

nativeTest('examples whose size four does not divide come through, from anywhere in memory', async () => {
  await selectBackend('native');
  const network = graphEngine(flatten(3, 3, 1));
  for (const size of [1, 2, 3, 4]) {
    const bytes = EVERY_BYTE.subarray(size, size + size * 9);
    const [scaled] = await outputs(network, bytes, 1 / 255, size);
    expect(scaled).toEqual(toFloats(bytes, 1 / 255));
  }
  network.dispose();
});

nativeTest('a convolution gives the same bits for bytes as for the floats that they become', async () => {
  await selectBackend('native');
  const convolution = tf.layers.conv2d({ inputShape: [8, 8, 4], filters: 5, kernelSize: 3, activation: 'relu' });
  const network = graphEngine(tf.sequential({ layers: [convolution] }));
  const [scaled, given] = await outputs(network, EVERY_BYTE, 1 / 255, 1);
  expect(scaled).toEqual(given);
  network.dispose();
});
