import { expect } from 'vitest';
import { GraphSession } from '../../../src/backend/native/session.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { encodeServable } from '../../../src/formats/write/saved-model/encode-saved-model.js';
import { nativeTest } from '../../helpers/native.js';
import { describe, MODEL_NAMES, makeInput, makeModel, run } from './exported-models.js';

nativeTest.each(MODEL_NAMES)(
  'the SavedModel of "%s" computes what the network does, from nothing but its file',
  (name) => {
    const model = makeModel(name);
    const { shape, values } = makeInput(model);
    const expected = run(model, values, shape);
    const session = GraphSession.load(encodeServable(describe(model))['saved_model.pb']);
    model.dispose();
    const results = Array.from(model.outputs, (_, index) => `result${index === 0 ? '' : `_${index}`}`);
    const outputs = session.run({ 'input/pixels': tf.tensor(values, shape) }, results);
    const found = outputs.flatMap((output) => [...output.dataSync()]);
    session.dispose();
    expect(found).toHaveLength(expected.length);
    found.forEach((value, index) => {
      expect(Math.abs(value - (expected[index] as number))).toBeLessThan(5e-6);
    });
  },
);
