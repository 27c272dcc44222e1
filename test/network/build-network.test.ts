import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { buildNetwork } from '../../src/network/build-network.js';
import { layersEngine } from '../helpers/engines.js';
import { relativeDifference } from '../helpers/gradients.js';
import { readLayerFixtures } from '../helpers/layer-fixtures.js';

beforeAll(async () => {
  await selectBackend('wasm');
});

describe('buildNetwork', () => {
  it.each(readLayerFixtures())('gives what Keras gives in every layer of $name', async (fixture) => {
    const model = await buildNetwork(fixture.definition, fixture.readWeights);
    const engine = layersEngine(model);
    const outputs = await engine.run(
      fixture.images,
      2,
      fixture.calls.map(({ name }) => name),
    );
    const differences = fixture.calls.map(({ name, kind, output }, index) => [
      `${name} (${kind})`,
      relativeDifference(outputs[index]?.values as Float32Array, output),
    ]);
    expect(differences.filter(([, difference]) => !((difference as number) < 1e-5))).toEqual([]);
  });
});
