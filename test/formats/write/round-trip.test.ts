import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { writeExport } from '../../../src/commands/export/write-export.js';
import { CONVENTIONS, scalingOf } from '../../../src/dataset/decode/conventions.js';
import type { Preprocessing } from '../../../src/dataset/decode/preprocessing.js';
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
      expect(file.origin.classNames?.value).toEqual(content.notes.classNames);
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

const HANDLINGS: Record<string, Partial<Preprocessing>> = {
  ...Object.fromEntries(CONVENTIONS.map((convention) => [convention, scalingOf(convention)])),
  'of its own': {
    rescale: 0.5,
    normalization: { order: 'bgr', mean: [1, 2, 3], deviation: [4, 5, 6] },
    fit: 'pad',
    interpolation: 'lanczos3',
    autoOrient: true,
  },
  cropped: { ...scalingOf('torch'), fit: 'crop', interpolation: 'bilinear' },
};

it.each(Object.keys(HANDLINGS))(
  '%s handling of images and class names come back from every format that has a place',
  async (name) => {
    const content = describeExport(makeModel('article'), HANDLINGS[name]);
    const { height: _, width: __, channels: ___, ...handling } = content.notes.preprocessing;
    for (const format of ['keras', 'h5', 'tfjs'] as const) {
      const path = join(folder, `${name}.${format}`);
      await writeExport(path, format, content, () => undefined);
      const { origin, close } = await openNetworkFile(path);
      await close();
      expect(origin.handling?.value, format).toEqual(handling);
      expect(origin.classNames?.value, format).toEqual(content.notes.classNames);
    }
  },
);

it('plain TensorFlow.js loads what is exported for it', async () => {
  const model = makeModel('assorted');
  const path = join(folder, 'plain-tfjs');
  await writeExport(path, 'tfjs', describeExport(model), () => undefined);
  const weights = readFileSync(join(path, 'weights.bin'));
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(path, 'model.json'), 'utf8'));
  const load = async () => ({
    modelTopology,
    weightSpecs: weightsManifest[0].weights,
    weightData: new Uint8Array(weights).buffer,
  });
  const { shape, values } = makeInput(model);
  expect(run(await tf.loadLayersModel({ load }), values, shape)).toEqual(run(model, values, shape));
});
