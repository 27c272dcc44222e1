// Every kind of layer against Keras: what each call gives, and the gradient of the first score for it.

import { describe, expect, it, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { BackendName } from '../../src/backend/tfjs/backend.js';
import type { tf } from '../../src/backend/tfjs/tensors.js';
import type { Engine } from '../../src/engines/contract/engine.js';
import { buildNetwork } from '../../src/network/build-network.js';
import { graphEngine, layersEngine } from '../helpers/engines.js';
import { relativeDifference } from '../helpers/gradients.js';
import { type LayerFixture, readLayerFixtures } from '../helpers/layer-fixtures.js';
import { nativeTest } from '../helpers/native.js';

const ENGINES: [string, BackendName, (model: tf.LayersModel) => Engine, Pick<typeof test, 'each'>][] = [
  ['one graph', 'native', (model) => graphEngine(model), nativeTest],
  ['op by op, native', 'native', layersEngine, nativeTest],
  ['op by op, WebAssembly', 'wasm', layersEngine, test],
];

/** Calls that differ from Keras's by more than a hundred-thousandth of their largest value. */
const findDifferent = (
  fixture: LayerFixture,
  actual: (index: number) => Float32Array,
  expected: 'output' | 'gradient',
) =>
  fixture.calls.flatMap(({ name, kind, ...call }, index) => {
    const numbers = call[expected];
    if (numbers === undefined) return [];
    const difference = relativeDifference(actual(index), numbers);
    return difference < 1e-5 ? [] : [`${name} (${kind}): ${difference}`];
  });

describe.each(ENGINES)('%s', (_, backend, open, testOn) => {
  testOn.each(readLayerFixtures())('gives what Keras gives in every layer of $name', async (fixture) => {
    await selectBackend(backend);
    const engine = open(await buildNetwork(fixture.definition, fixture.readWeights));
    const names = fixture.calls.map(({ name }) => name);
    const outputs = await engine.run(fixture.images, 2, names);
    expect(findDifferent(fixture, (index) => outputs[index]?.values as Float32Array, 'output')).toEqual([]);
    engine.dispose();
  });

  testOn.each(readLayerFixtures())("finds Keras's gradients for every layer of $name", async (fixture) => {
    await selectBackend(backend);
    const engine = open(await buildNetwork(fixture.definition, fixture.readWeights));
    const first = Float32Array.of(1, 0);
    const size = fixture.images.length / 2;
    const gradients: Float32Array[] = [];
    for (const { name, gradient } of fixture.calls) {
      const parts = [0, 1].map((image) => fixture.images.slice(image * size, (image + 1) * size));
      const found =
        gradient === undefined ? [] : await Promise.all(parts.map((image) => engine.differentiate(image, name, first)));
      gradients.push(Float32Array.from(found.flatMap((each) => [...each.gradient])));
    }
    expect(findDifferent(fixture, (index) => gradients[index] as Float32Array, 'gradient')).toEqual([]);
    engine.dispose();
  });
});

it('covers every kind of layer that networks of others may have', () => {
  const kinds = new Set(readLayerFixtures().flatMap(({ calls }) => calls.map(({ kind }) => kind)));
  expect(kinds.size).toBeGreaterThan(70);
});
