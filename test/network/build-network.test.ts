import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { tf } from '../../src/backend/tfjs/tensors.js';
import { writeNewFolder } from '../../src/disk/files.js';
import { openNetworkFile } from '../../src/formats/open/open-network-file.js';
import { buildNetwork } from '../../src/network/build-network.js';
import { encodeModel, loadModel } from '../../src/network/store.js';
import { layersEngine } from '../helpers/engines.js';
import { relativeDifference } from '../helpers/gradients.js';
import { type LayerFixture, readLayerFixtures } from '../helpers/layer-fixtures.js';

beforeAll(async () => {
  await selectBackend('wasm');
});

const run = async (model: tf.LayersModel, { images, calls }: LayerFixture) => {
  const names = calls.map(({ name }) => name);
  return await layersEngine(model).run(images, 2, names);
};

describe('buildNetwork', () => {
  it.each(readLayerFixtures())('gives what Keras gives in every layer of $name', async (fixture) => {
    const model = await buildNetwork(fixture.definition, fixture.readWeights);
    const outputs = await run(model, fixture);
    const differences = fixture.calls.map(({ name, kind, output }, index) => [
      `${name} (${kind})`,
      relativeDifference(outputs[index]?.values as Float32Array, output),
    ]);
    expect(differences.filter(([, difference]) => !((difference as number) < 1e-5))).toEqual([]);
  });

  it.each(readLayerFixtures())(
    'saves $name so that it loads again, as it is and by its definition',
    async (fixture) => {
      const model = await buildNetwork(fixture.definition, fixture.readWeights);
      const outputs = await run(model, fixture);
      const folder = await mkdtemp(join(tmpdir(), 'cnnviz-layers-'));
      try {
        await writeNewFolder(join(folder, 'saved'), encodeModel(model));
        const path = join(folder, 'saved/model.json');
        const file = await openNetworkFile(path);
        for (const again of [await loadModel(path), await buildNetwork(file.definition, file.readWeights)]) {
          const values = (await run(again, fixture)).map((output) => output.values);
          expect(values).toEqual(outputs.map((output) => output.values));
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});
