import { expect, test } from 'vitest';
import { describeFilm } from '../../../src/page/live/film-page.js';
import type { RunRecord } from '../../../src/runs/run.js';

const layer = (name: string, kind: string, ...shape: number[]) => ({
  ...{ name, kind, outputShape: [null, ...shape], parameterCount: 7 },
});
const record = {
  preprocessing: { height: 2, width: 2, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 },
  classNames: ['caf\u00e9', 'tea'],
  model: {
    layers: [layer('input_1', 'InputLayer', 2, 2, 3), layer('conv', 'Conv2D', 2, 2, 4), layer('dense', 'Dense', 1)],
    parameterCount: 14,
  },
} as unknown as RunRecord;
const probe = (path: string) => ({
  ...{ height: 2, width: 2 },
  images: [{ name: 'a.jpg', path, pixels: new Uint8Array(12) }],
});

test('a film that says nothing of its network has the layers that run.json names', async () => {
  const { network, parameterCount } = await describeFilm(probe('/photos/a.jpg'), record);
  expect(parameterCount).toBe(14);
  expect(network).toEqual([
    {
      name: 'input',
      kind: 'InputLayer',
      shape: [2, 2, 3],
      parameterCount: 0,
      inputs: [],
      settings: {},
      block: 'input',
    },
    { name: 'conv', kind: 'Conv2D', shape: [2, 2, 4], parameterCount: 7, inputs: [], settings: {}, block: 'conv' },
    { name: 'dense', kind: 'Dense', shape: [1], parameterCount: 7, inputs: [], settings: {}, block: 'dense' },
  ]);
});

test('the class of an image is the one that its folder is named after, however it is spelled', async () => {
  const classOf = async (path: string) => (await describeFilm(probe(path), record)).images[0]?.trueClass;
  expect(await classOf('/photos/cafe\u0301/a.jpg')).toBe('caf\u00e9');
  expect(await classOf('/photos/tea/a.jpg')).toBe('tea');
  expect(await classOf('/tea/photos/a.jpg')).toBeUndefined();
});
