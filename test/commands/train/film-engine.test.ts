import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { FilmKeeper } from '../../../src/commands/train/film.js';
import { openEngine } from '../../../src/engines/open.js';

test('a film that cannot be begun gives its engine back', async () => {
  const image = tf.input({ shape: [2, 2, 3] });
  const flat = tf.layers.flatten().apply(image) as tf.SymbolicTensor;
  const model = tf.model({ inputs: image, outputs: tf.layers.dense({ units: 2 }).apply(flat) as tf.SymbolicTensor });
  const engine = openEngine(model, 'cpu', { uses: ['run'], onFallback: () => undefined });
  let disposals = 0;
  engine.run = () => Promise.reject(new Error('out of memory'));
  engine.dispose = () => {
    disposals++;
  };
  const images = [{ name: 'a.png', path: 'a.png', pixels: new Uint8Array(12) }];
  const parts = {
    ...{ folder: 'never-written', name: 'film-1', layerNames: [], engine },
    probe: { width: 2, height: 2, images },
    preprocessing: { height: 2, width: 2, interpolation: 'nearest', autoOrient: false, rescale: 1 } as const,
  };
  await expect(FilmKeeper.begin(parts, true)).rejects.toThrow('out of memory');
  expect(disposals).toBe(1);
  model.dispose();
});
