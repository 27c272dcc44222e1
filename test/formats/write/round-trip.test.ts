import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { writeExport } from '../../../src/commands/export/write-export.js';
import { openNetworkFile } from '../../../src/formats/open/open-network-file.js';
import { readExportedNetwork } from '../../../src/formats/write/exported-network.js';
import { buildNetwork } from '../../../src/network/build-network.js';
import { describe as describeExport, MODEL_NAMES, makeInput, makeModel, NOT_IN_TFJS, run } from './exported-models.js';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-round-trip-'));
  await selectBackend('cpu');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['keras', 'h5', 'tfjs'] as const)('exported as %s and opened again', (format) => {
  it.each(MODEL_NAMES.filter((name) => format !== 'tfjs' || name !== NOT_IN_TFJS))(
    'the network "%s" has the same weights, bit for bit, and computes the same',
    async (name) => {
      const model = makeModel(name);
      const content = describeExport(model);
      const path = join(folder, `${name}.${format}`);
      await writeExport(path, format, content, () => undefined);
      const file = await openNetworkFile(path);
      const again = await buildNetwork(file.definition, file.readWeights).finally(() => file.close());
      const weights = new Map(readExportedNetwork(again).layers.map((layer) => [layer.name, layer.weights]));
      for (const layer of content.network.layers) {
        expect(
          weights.get(layer.name)?.map(({ values }) => values),
          layer.name,
        ).toEqual(layer.weights.map(({ values }) => values));
      }
      const { shape, values } = makeInput(model);
      const [expected, found] = [run(model, values, shape), run(again, values, shape)];
      expect(Math.max(...expected.map((value, index) => Math.abs(value - (found[index] as number))))).toBeLessThan(
        1e-6,
      );
    },
  );
});

it('TensorFlow.js gets no two weights of the same name', async () => {
  const content = describeExport(makeModel(NOT_IN_TFJS));
  const written = writeExport(join(folder, 'twice'), 'tfjs', content, () => undefined);
  await expect(written).rejects.toMatchObject({ code: 'BAD_MODEL', message: expect.stringContaining('conv/kernel') });
});
