import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { timelapse } from '../../../src/commands/timelapse/index.js';
import { train } from '../../../src/commands/train/index.js';
import { decodeApng } from '../../helpers/decode-apng.js';
import { SMALL, usePlace, useTrainings } from '../train/training-fixture.js';

const place = usePlace({ train: 4, validation: 2 });
let run: string;

useTrainings(place, async () => {
  const probe = ['train/cats/cat.0.png', 'train/dogs/dog.1.png'].map((name) => join(place.pets, name));
  run = (await train({ data: place.pets, ...SMALL, learningRate: 0.05, epochs: 3, probe, out: 'run' })).path;
});

const out = () => join(place.folder, 'out');

describe('timelapse', () => {
  test('draws for each image every layer as animations and as a strip', async () => {
    const { images } = await timelapse({ run, out: out() });
    expect(images.map(({ folder }) => folder)).toEqual([join(out(), 'cat.0'), join(out(), 'dog.1')]);
    const [{ epochs, layers, files }] = images as [(typeof images)[0]];
    expect(epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    expect(epochs[0]).not.toHaveProperty('validationAccuracy');
    expect(epochs[3]).toMatchObject({
      validationAccuracy: expect.any(Number),
      prediction: { className: expect.any(String) },
    });
    const [first] = layers;
    expect(first?.files).toEqual(['01-conv2d_1.webp', '01-conv2d_1.apng', '01-conv2d_1-strip.png']);
    expect(files).toHaveLength(4 * 3 + 1);
    const manifest = JSON.parse(readFileSync(join(out(), 'cat.0/manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ format: 'cnnviz-timelapse', run, layers: [{ name: 'conv2d_1' }, {}, {}, {}] });
  });

  test('gives both animations the same frames, the last one for longer', async () => {
    const { images } = await timelapse({ run, out: out(), layers: ['conv2d_1'], duration: 100 });
    const file = (name: string) => join(images[0]?.folder as string, name);
    const apng = decodeApng(readFileSync(file('01-conv2d_1.apng')));
    const webp = sharp(file('01-conv2d_1.webp'), { pages: -1 });
    const { delay, pages, loop } = await webp.metadata();
    expect({ delay, pages, loop }).toEqual({ delay: [100, 100, 100, 400], pages: 4, loop: 0 });
    expect(apng.map(({ durationMs }) => durationMs)).toEqual(delay);
    const pixels = await webp.ensureAlpha().raw().toBuffer();
    expect(Buffer.concat(apng.map(({ data }) => data)).equals(pixels)).toBe(true);
    expect(apng[0]?.data.equals(apng[3]?.data as Buffer)).toBe(false);
  });

  test('knows how far each channel goes over all epochs, and which change', async () => {
    const { images } = await timelapse({ run, out: out(), layers: ['conv2d_2'], rows: 2 });
    const [layer] = images[0]?.layers ?? [];
    expect(layer?.ranges).toHaveLength(4);
    const changes = layer?.changing.map(({ change }) => change) ?? [];
    expect(changes.length).toBeLessThanOrEqual(2);
    expect(changes[0]).toBeGreaterThan(0);
    expect([...changes].sort((a, b) => b - a)).toEqual(changes);
  });

  test('shows some epochs of a long training, the first and the last among them', async () => {
    const { images } = await timelapse({ run, out: out(), layers: 1, frames: 2 });
    expect(images[0]?.epochs.map(({ epoch }) => epoch)).toEqual([0, 3]);
  });

  test('refuses one epoch of a run: a film shows all', async () => {
    await expect(timelapse({ run: `${run}@2`, out: out() })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: `${run}@2: expected a whole run, found one of its epochs`,
      hint: `Name the run itself, ${run}. A film shows all of its epochs.`,
    });
  });

  test('names a frame that is gone, and a layer that the film does not have', async () => {
    await expect(timelapse({ run, layers: ['dense_1'], out: out() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    rmSync(join(run, 'film-1/frame-0002.gz'));
    const message = expect.stringMatching(/film-1: the frame of epoch 2 is missing/);
    await expect(timelapse({ run, out: out() })).rejects.toMatchObject({ code: 'BAD_MODEL', message });
  });
});
