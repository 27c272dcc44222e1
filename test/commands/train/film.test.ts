import fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { captureActivations } from '../../../src/activations/capture.js';
import { loadNetwork } from '../../../src/commands/shared/load-network.js';
import { readFilm } from '../../../src/commands/timelapse/read-film.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import { readProbeImages } from '../../../src/film/film-folder.js';
import { decodeLayer, type FrameLayer } from '../../../src/film/frame.js';
import { readRun } from '../../../src/runs/run.js';
import { small, stopAt, trainUntil, useResumePlace } from './resume-fixture.js';

const place = useResumePlace();
const cat = () => join(place.pets, 'train/cats/cat.0.png');
const dog = () => join(place.pets, 'train/dogs/dog.1.png');
const options = (change: Partial<TrainOptions> = {}) => small(place, { probe: [cat(), dog()], ...change });

/** Every file of a run's film, byte by byte. */
async function readBytes(path: string): Promise<Record<string, string>> {
  const { film } = await readRun(path);
  const folder = join(path, film?.folder as string);
  const names = (await fs.readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await fs.readFile(join(folder, name), 'base64')] as const)),
  );
}

describe('the film of a run', () => {
  test('has a frame before the training and one after each epoch, of every layer before Flatten', async () => {
    const { path } = await train(options({ out: 'run' }));
    const film = await readFilm(path);
    expect(film.images.map(({ name }) => name)).toEqual(['cat.0.png', 'dog.1.png']);
    expect(film.epochs).toEqual([0, 1, 2, 3]);
    const { images } = await film.readFrame(3);
    const names = images[0]?.layers.map(({ name }) => name);
    expect(names).toEqual(['conv2d_1', 'max_pooling2d_1', 'conv2d_2', 'max_pooling2d_2']);
    expect(Object.keys(await readBytes(path))).toEqual([
      ...[0, 1, 2, 3].map((epoch) => `frame-000${epoch}.gz`),
      'images.gz',
    ]);
  });

  test('says what the network consists of, and what the cells of its maps see', async () => {
    const { path } = await train(options({ out: 'run', epochs: 1 }));
    const { film } = await readRun(path);
    const { network = [] } = await readProbeImages(join(path, film?.folder as string));
    expect(network.map(({ name, kind, inputs }) => [name, kind, ...inputs])).toEqual([
      ['input', 'InputLayer'],
      ['conv2d_1', 'Conv2D', 'input'],
      ['max_pooling2d_1', 'MaxPooling2D', 'conv2d_1'],
      ['conv2d_2', 'Conv2D', 'max_pooling2d_1'],
      ['max_pooling2d_2', 'MaxPooling2D', 'conv2d_2'],
      ['flatten_1', 'Flatten', 'max_pooling2d_2'],
      ['dropout_1', 'Dropout', 'flatten_1'],
      ['dense_1', 'Dense', 'dropout_1'],
      ['dense_2', 'Dense', 'dense_1'],
    ]);
    const [, conv, , , , flatten] = network;
    expect(flatten?.flattens).toBe('max_pooling2d_2');
    // 3 x 3 pixels, one after the other.
    expect(conv?.field?.rows.from).toEqual([...Array(conv?.shape[0]).keys()]);
    expect(conv?.field?.rows.to.slice(0, 2)).toEqual([3, 4]);
    expect(conv?.parameterCount).toBe(28 * (conv?.shape[2] as number));
  });

  test('shows the weights that are evaluated: averaged ones where these are', async () => {
    const { path } = await train(options({ out: 'run', emaMomentum: 0.9, probe: [dog()] }));
    const { images } = await (await readFilm(path)).readFrame(3);
    const { network, readInput, dispose } = await loadNetwork({ model: path, weights: 'last', backend: 'cpu' });
    const [conv] = await captureActivations(network, await readInput(dog()), ['conv2d_2']);
    const [output] = await captureActivations(network, await readInput(dog()), ['dense_2']);
    dispose();
    const kept = images[0]?.layers.find(({ name }) => name === 'conv2d_2') as FrameLayer;
    for (const [channel, plane] of decodeLayer(kept).entries()) {
      const { min, max } = kept.channels[channel] as { min: number; max: number };
      const expected = conv?.planes[channel]?.values as Float32Array;
      plane.values.forEach((value, index) => {
        expect(Math.abs(value - (expected[index] as number))).toBeLessThanOrEqual((max - min) / 508 + 1e-6);
      });
    }
    expect(images[0]?.outputs[0]).toBeCloseTo(output?.values[0] as number, 6);
  });

  test('is the same, byte for byte, however often the run was stopped', async () => {
    const unbroken = await readBytes((await train(options({ out: 'unbroken' }))).path);
    const path = await trainUntil('step', 2, options({ out: 'stopped' }));
    expect(Object.keys(await readBytes(path))).toEqual(['frame-0000.gz', 'images.gz']);
    await train({ resume: path, ...stopAt('saved', 1) });
    await train({ resume: path, ...stopAt('step', 3) });
    await train({ resume: path });
    expect(await readBytes(path)).toEqual(unbroken);
  });

  test('is whole after a death between a frame and the save of its epoch', async () => {
    const unbroken = await readBytes((await train(options({ out: 'unbroken' }))).path);
    const { rename } = fs;
    vi.spyOn(fs, 'rename').mockImplementation(async (from, to) => {
      await rename(from, to);
      if (String(to).endsWith('frame-0002.gz')) throw new Error('killed');
    });
    await expect(train(options({ out: 'killed' }))).rejects.toThrow('killed');
    vi.restoreAllMocks();
    vi.spyOn(process, 'cwd').mockReturnValue(place.folder);
    const path = join(place.folder, 'killed');
    expect((await readFilm(path)).epochs).toEqual([0, 1]);
    await train({ resume: path });
    expect(await readBytes(path)).toEqual(unbroken);
  });

  test('goes on without the photographs, which the run has as the network gets them', async () => {
    const copy = join(place.folder, 'probe.png');
    await fs.copyFile(cat(), copy);
    const path = await trainUntil('saved', 1, options({ out: 'run', probe: [copy] }));
    await fs.rm(copy);
    await train({ resume: path });
    expect((await readFilm(path)).epochs).toEqual([0, 1, 2, 3]);
  });

  test('is replaced with its run, not before: a new run of the same folder has one of another name', async () => {
    const { path } = await train(options({ out: 'run', epochs: 1 }));
    const first = await readBytes(path);
    await expect(
      train(options({ out: 'run', overwrite: true, epochs: 1, ...stopAt('model', 1) })),
    ).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await readBytes(path)).toEqual(first);
    await train(options({ out: 'run', overwrite: true, epochs: 1, seed: 7 }));
    expect((await readRun(path)).film?.folder).toBe('film-2');
    expect((await fs.readdir(path)).filter((name) => name.startsWith('film-'))).toEqual(['film-2']);
    await train(small(place, { out: 'run', overwrite: true, epochs: 1 }));
    expect((await fs.readdir(path)).filter((name) => name.startsWith('film-'))).toEqual([]);
    await expect(readFilm(path)).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringMatching(/no film/),
    });
  });

  test.each([
    ['missing', 'no-such.png', /no-such\.png: .*does not exist/],
    ['damaged', 'broken.png', /broken\.png/],
  ])('refuses an image that is %s before anything is trained', async (_, name, message) => {
    await fs.writeFile(join(place.folder, 'broken.png'), 'no picture');
    const events: string[] = [];
    const probe = [cat(), join(place.folder, name)];
    const refused = train(options({ out: 'run', probe, onEvent: ({ type }) => events.push(type) }));
    await expect(refused).rejects.toMatchObject({ code: 'BAD_IMAGE', message: expect.stringMatching(message) });
    expect(events).not.toContain('backend');
    await expect(fs.stat(join(place.folder, 'run'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('is refused before other workers are waited for', async () => {
    const events: string[] = [];
    const workers = { workers: '127.0.0.1:9,127.0.0.1:10', workerIndex: 0, wait: 1 };
    const probe = [join(place.folder, 'no-such.png')];
    const refused = train(options({ backend: 'auto', probe, ...workers, onEvent: ({ type }) => events.push(type) }));
    await expect(refused).rejects.toMatchObject({ code: 'BAD_IMAGE' });
    expect(events).toEqual([]);
  });

  test('cannot be changed, or begun, by a run that goes on', async () => {
    const path = await trainUntil('saved', 1, options({ out: 'run' }));
    await expect(train({ resume: path, probe: [dog()] })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    expect((await readRun(path)).options.probe).toEqual([cat(), dog()]);
    await train({ resume: path, probe: [cat(), dog()] });
    expect((await readFilm(path)).epochs).toHaveLength(4);
  });
});
