import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { predict } from '../../../src/commands/predict/index.js';
import type { PredictOptions } from '../../../src/commands/predict/options.js';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';
import { toFloats } from '../../../src/dataset/stream/floats.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { loadModel } from '../../../src/network/store.js';
import { findModel } from '../../../src/runs/find-model.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await makeWorkspace();
  vi.spyOn(process, 'cwd').mockReturnValue(workspace.folder);
});

afterEach(() => {
  vi.restoreAllMocks();
  workspace.remove();
});

const at = (name: string) => join(fs.realpathSync(workspace.folder), name);

function look(images: string[], change: Partial<PredictOptions> = {}) {
  return predict({ images: images.map(at), model: at('runs/latest'), backend: 'cpu', ...change });
}

/** The unit's output, from the model itself. */
async function outputOf(image: string): Promise<number> {
  const { modelPath, run } = await findModel(at('runs/latest'));
  const preprocessing = run?.record.preprocessing;
  if (preprocessing === undefined) throw new Error('the workspace has a run');
  const model = await loadModel(modelPath);
  const pixels = toFloats(await decodeImage(at(image), preprocessing), preprocessing.rescale);
  const [output] = tf.tidy(() => (model.predict(tf.tensor(pixels, [1, 12, 12, 3])) as tf.Tensor).dataSync());
  model.dispose();
  return output as number;
}

test('images are classified in the order given, whatever the batches', async () => {
  const images = ['red.png', 'blue.png', 'red.png'];
  for (const batchSize of [1, 2, 20]) {
    const { predictions, badImages, model } = await look(images, { batchSize });
    expect(predictions.map(({ image }) => image)).toEqual(images.map(at));
    expect(badImages).toEqual([]);
    expect(model).toEqual({ path: at('runs/first'), weights: 'best', epoch: 3 });
    for (const [index, { className, probability }] of predictions.entries()) {
      const second = await outputOf(images[index] as string);
      expect(className).toBe(second > 0.5 ? 'dogs' : 'cats');
      expect(probability).toBeCloseTo(Math.max(second, 1 - second), 6);
    }
  }
});

test('each prediction is reported as it comes', async () => {
  const events: WorkflowEvent[] = [];
  const { predictions } = await look(['red.png', 'blue.png'], { onEvent: (event) => events.push(event) });
  expect(events.filter(({ type }) => type === 'prediction')).toEqual(
    predictions.map((prediction) => ({ type: 'prediction', ...prediction })),
  );
});

test('a bad image among others is listed, alone it is the failure', async () => {
  const { predictions, badImages } = await look(['red.png', 'broken.png', 'blue.png']);
  expect(predictions.map(({ image }) => image)).toEqual([at('red.png'), at('blue.png')]);
  expect(badImages).toEqual([{ path: at('broken.png'), reason: expect.any(String) }]);
  await expect(look(['broken.png'])).rejects.toMatchObject({ code: 'BAD_IMAGE' });
  await expect(look(['broken.png', 'missing.png'])).rejects.toMatchObject({ code: 'BAD_IMAGE' });
  await expect(look(['red.png', 'broken.png'], { onBadImage: 'fail' })).rejects.toMatchObject({ code: 'BAD_IMAGE' });
});

test('nothing is left behind', async () => {
  const before = tf.memory().numTensors;
  await look(['red.png']);
  await expect(look(['broken.png'])).rejects.toMatchObject({ code: 'BAD_IMAGE' });
  expect(tf.memory().numTensors).toBe(before);
});

test('without an image or without a network it is refused', async () => {
  await expect(look([])).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  fs.rmSync(at('runs'), { recursive: true });
  await expect(predict({ images: [at('red.png')], backend: 'cpu' })).rejects.toMatchObject({
    code: 'NO_MODEL',
    hint: expect.stringMatching(/train.*--model/),
  });
});

describe('a table', () => {
  /** A CSV file's cells. */
  const read = (name: string) =>
    fs
      .readFileSync(at(name), 'utf8')
      .trimEnd()
      .split('\r\n')
      .map((line) => [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell]) => cell));

  test('has path, class and every probability of every image, in the order given', async () => {
    const images = ['red.png', 'blue.png', 'broken.png', 'red.png'];
    const { predictions } = await look(images, { csv: at('new/all.csv'), batchSize: 2 });
    const rows = predictions.map(({ image, className, probability }) => {
      const [cats, dogs] = className === 'cats' ? [probability, 1 - probability] : [1 - probability, probability];
      return [image, className, String(cats), String(dogs)];
    });
    expect(read('new/all.csv')).toEqual([['path', 'class', 'cats', 'dogs'], ...rows]);
    expect(fs.readdirSync(at('new'))).toEqual(['all.csv']);
  });

  test('quotes and defuses names', async () => {
    const names = ['=1+1,"x".png', '-a.png'];
    for (const name of names) fs.copyFileSync(at('red.png'), at(name));
    await predict({
      images: names.map((name) => at(name)),
      model: at('runs/latest'),
      backend: 'cpu',
      csv: at('t.csv'),
    });
    expect(read('t.csv').map(([path]) => path)).toEqual([
      'path',
      `"${at(names[0] as string).replaceAll('"', '""')}"`,
      at('-a.png'),
    ]);
  });

  test('replaces an earlier table, and nobody else\u2019s file', async () => {
    await look(['red.png', 'blue.png'], { csv: at('t.csv') });
    await look(['red.png'], { csv: at('t.csv') });
    expect(read('t.csv')).toHaveLength(2);
    const photo = fs.readFileSync(at('blue.png'));
    const refused = { code: 'NOT_WRITABLE', message: expect.stringMatching(/not a table of predictions/) };
    await expect(look(['red.png'], { csv: at('blue.png') })).rejects.toMatchObject(refused);
    await expect(look(['red.png'], { csv: at('runs') })).rejects.toMatchObject(refused);
    expect(fs.readFileSync(at('blue.png'))).toEqual(photo);
    await expect(look(['red.png'], { csv: '' })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  test.each<[why: string, change: Partial<PredictOptions>, code: string]>([
    ['a bad image', { onBadImage: 'fail' }, 'BAD_IMAGE'],
    ['a signal', { signal: AbortSignal.abort() }, 'ABORTED'],
  ])('stays as it was after %s', async (_, change, code) => {
    await look(['red.png'], { csv: at('t.csv') });
    const before = fs.readFileSync(at('t.csv'));
    const names = fs.readdirSync(at('.'));
    await expect(look(['red.png', 'broken.png'], { csv: at('t.csv'), batchSize: 1, ...change })).rejects.toMatchObject({
      code,
    });
    expect(fs.readFileSync(at('t.csv'))).toEqual(before);
    expect(fs.readdirSync(at('.'))).toEqual(names);
  });
});
