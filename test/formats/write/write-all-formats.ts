// Writes the networks of exported-models.ts in every format, with an input and what they make of it here: exports.mjs runs it.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selectBackend } from '../../../src/backend/select.js';
import { writeExport } from '../../../src/commands/export/write-export.js';
import {
  describe,
  MODEL_NAMES,
  makeInput,
  makeModel,
  makePixelModel,
  PHOTOGRAPHS,
  run,
  runPhotograph,
} from './exported-models.js';

const ignore = () => undefined;

/** @param image a photograph for the signature that takes one */
export async function writeAllFormats(folder: string, image: string): Promise<void> {
  await selectBackend('cpu');
  await mkdir(folder, { recursive: true });
  const models: object[] = [];
  for (const name of MODEL_NAMES) {
    const model = makeModel(name);
    const { shape, values } = makeInput(model);
    await writeExport(join(folder, `${name}.keras`), 'keras', describe(model), ignore);
    await writeExport(join(folder, `${name}.h5`), 'h5', describe(model), ignore);
    await writeExport(join(folder, `${name}.onnx`), 'onnx', describe(model), ignore);
    await writeExport(join(folder, `${name}-savedmodel`), 'savedmodel', describe(model), ignore);
    models.push({ name, shape, input: [...values], outputs: run(model, values, shape) });
  }
  const photographs: object[] = [];
  for (const [name, change] of Object.entries(PHOTOGRAPHS)) {
    const content = describe(makePixelModel(change.channels ?? 3), change);
    await writeExport(join(folder, `photograph-${name}`), 'savedmodel', content, ignore);
    photographs.push({ name, outputs: await runPhotograph(content, image) });
  }
  await writeFile(join(folder, 'exports.json'), JSON.stringify({ models, photographs, image }));
}
