// What Keras, TensorFlow and onnxruntime made of exported networks is in exports.json, see test/fixtures/scripts/exports.py: the
// networks of this suite give the same, and the files are still those that were run.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { kerasNetwork } from '../../../src/formats/write/keras/network-config.js';
import { kerasCompileConfig } from '../../../src/formats/write/keras/training-config.js';
import { encodeOnnx } from '../../../src/formats/write/onnx/write-onnx.js';
import {
  describe as describeExport,
  MODEL_NAMES,
  makeInput,
  makeModel,
  makePixelModel,
  PHOTOGRAPHS,
  run,
  runPhotograph,
} from './exported-models.js';

interface Fixture {
  models: Record<string, { outputs: Record<string, number[]>; kerasConfig: string; onnx: string }>;
  photographs: Record<string, number[]>;
}

const fixtures = join(import.meta.dirname, '../../fixtures');
const expected = JSON.parse(readFileSync(join(fixtures, 'exports.json'), 'utf8')) as Fixture;
const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** The largest difference. */
const distance = (found: readonly number[], other: readonly number[]) =>
  found.length === other.length
    ? Math.max(...found.map((value, index) => Math.abs(value - (other[index] ?? 0))))
    : Infinity;

/** Between us and each program. */
const ALLOWED: Record<string, number> = { keras: 1e-6, h5: 1e-6, savedmodel: 5e-6, onnx: 5e-6 };

beforeAll(() => selectBackend('cpu'));

describe.each(MODEL_NAMES)('the exported network "%s"', (name) => {
  it('gives in other programs what it gives here', () => {
    const model = makeModel(name);
    const { shape, values } = makeInput(model);
    const outputs = run(model, values, shape);
    const found = expected.models[name]?.outputs ?? {};
    expect(Object.keys(found).length).toBe(4);
    for (const [program, numbers] of Object.entries(found)) {
      expect(distance(outputs, numbers), program).toBeLessThan(ALLOWED[program] as number);
    }
  });

  it('is written as the files that were run', () => {
    const { network, notes, training } = describeExport(makeModel(name));
    const config = { ...kerasNetwork(network), ...(training && { compile_config: kerasCompileConfig(training) }) };
    expect(digest(JSON.stringify(config))).toBe(expected.models[name]?.kerasConfig);
    expect(digest(encodeOnnx(network, notes))).toBe(expected.models[name]?.onnx);
  });
});

it.each(Object.entries(PHOTOGRAPHS))(
  'the function of a SavedModel that takes a photograph reads it as we do: %s',
  async (name, change) => {
    const content = describeExport(makePixelModel(change.channels ?? 3), change);
    const outputs = await runPhotograph(content, join(fixtures, 'images/orientation-6.jpg'));
    expect(distance(outputs, expected.photographs[name] ?? [])).toBeLessThan(5e-6);
  },
);
