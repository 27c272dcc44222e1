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
    // in one call: TensorFlow prepares a graph again for every set of tensors that is asked for
    const layerNames = fixture.calls.flatMap(({ name, gradient }) => (gradient === undefined ? [] : [name]));
    const { layers } = await engine.differentiateAll(
      fixture.images,
      { layerNames, input: false },
      Float32Array.of(1, 0),
    );
    const byName = new Map(layers.map(({ output, gradient }) => [output.name, gradient]));
    expect(
      findDifferent(fixture, (index) => byName.get(fixture.calls[index]?.name ?? '') as Float32Array, 'gradient'),
    ).toEqual([]);
    engine.dispose();
  });
});

it('covers every kind of layer that networks of others may have', () => {
  const kinds = new Set(readLayerFixtures().flatMap(({ calls }) => calls.map(({ kind }) => kind)));
  expect(kinds.size).toBeGreaterThan(70);
});
