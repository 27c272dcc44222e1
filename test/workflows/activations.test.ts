import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../../src/backend/tensors.js';
import { decodePng } from '../../src/rendering/png.js';
import { activations } from '../../src/workflows/activations.js';
import type { ActivationsOptions } from '../../src/workflows/activations-options.js';
import type { WorkflowEvent } from '../../src/workflows/events.js';
import { makeWorkspace, type Workspace } from './workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

afterAll(() => workspace.remove());

const at = (...names: string[]) => join(workspace.folder, ...names);

function show(options: Partial<ActivationsOptions> = {}) {
  const images = options.images ?? [at('red.png')];
  return activations({ model: at('runs/latest'), backend: 'cpu', out: at('out'), ...options, images });
}

describe('activations', () => {
  it('writes the input, a grid for each layer before Flatten and a manifest that lists them', async () => {
    const { images, badImages } = await show();
    const files = [
      '00-input.png',
      '01-conv2d_1.png',
      '02-max_pooling2d_1.png',
      '03-conv2d_2.png',
      '04-max_pooling2d_2.png',
      'manifest.json',
    ];
    expect([images[0]?.files, readdirSync(at('out')).sort(), badImages]).toEqual([files, files, []]);
    const manifest = JSON.parse(readFileSync(at('out/manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      format: 'cnnviz-activations',
      backend: { name: 'cpu' },
      model: { epoch: 3 },
      files,
    });
    const [layer] = manifest.layers;
    expect(layer).toMatchObject({ name: 'conv2d_1', kind: 'Conv2D', shape: [1, 10, 10, 4], files: [files[1]] });
    expect(layer.channels).toHaveLength(4);
    expect(layer.caption).toMatch(/^conv2d_1: \d of 4 channels fires?, on \d+ % of all pixels/);
    expect(layer.channels[2].caption).toMatch(/^channel 2: /);
  });

  it('writes the very pixels that the network got', async () => {
    await show();
    const { width, height, data } = decodePng(readFileSync(at('out/00-input.png')));
    expect([width, height, [...data.subarray(0, 4)]]).toEqual([12, 12, [200, 30, 10, 255]]);
  });

  it('tells of everything in order', async () => {
    const events: WorkflowEvent[] = [];
    await show({ layers: ['conv2d_1', 'dense_2'], onEvent: (event) => events.push(event) });
    expect(events.map(({ type }) => type)).toEqual([
      'backend',
      'model',
      'input',
      'layer',
      'layer',
      'prediction',
      ...Array(4).fill('file-written'),
    ]);
    expect(events).toContainEqual({ type: 'input', image: at('red.png'), inputShape: [1, 12, 12, 3] });
    expect(events).toContainEqual(expect.objectContaining({ name: 'conv2d_1', shape: [1, 10, 10, 4] }));
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'prediction', className: expect.stringMatching(/cats|dogs/) }),
    );
  });

  it('writes single channels large and the numbers as NumPy reads them, when asked to', async () => {
    const { images } = await show({ layers: ['conv2d_2', 'dense_1'], channels: [0, 3], npy: true });
    expect(images[0]?.files).toEqual([
      '00-input.png',
      '03-conv2d_2.png',
      '03-conv2d_2-channel-0.png',
      '03-conv2d_2-channel-3.png',
      '03-conv2d_2.npy',
      '06-dense_1.png',
      '06-dense_1.npy',
      'manifest.json',
    ]);
    expect(readFileSync(at('out/06-dense_1.npy'), 'latin1')).toContain("'shape': (1, 8)");
  });

  it('gives each of several images a folder, and skips and tells a bad one', async () => {
    const { images, badImages } = await show({
      images: [at('red.png'), at('broken.png'), at('blue.png')],
      out: at('several'),
    });
    expect(images.map(({ folder }) => folder)).toEqual([at('several/red'), at('several/blue')]);
    expect(badImages).toEqual([{ path: at('broken.png'), reason: expect.any(String) }]);
    expect(readdirSync(at('several')).sort()).toEqual(['blue', 'red']);
  });

  it('gives a folder with one image in it a sub-folder, too', async () => {
    const { images } = await show({ images: [at()], out: at('whole') });
    expect(images.map(({ folder }) => folder)).toContain(at('whole/red'));
  });

  it.each([
    ['a bad image alone', { images: ['broken.png'] }, 'BAD_IMAGE'],
    ['nothing but bad images', { images: ['broken.png', 'missing.png'] }, 'BAD_IMAGE'],
    ['a layer that is not there', { layers: ['conv2d_9'] }, 'NOT_FOUND'],
    ['a channel that is not there', { channels: [4] }, 'NOT_FOUND'],
    ['a model that is not there', { model: 'nowhere' }, 'NOT_FOUND'],
    ['no images', { images: [] }, 'BAD_ARGUMENT'],
    ['no columns', { columns: 0 }, 'BAD_ARGUMENT'],
    ['tiles without size', { tile: 0 }, 'BAD_ARGUMENT'],
    ['no layers', { layers: 0 }, 'BAD_ARGUMENT'],
    ['half a channel', { channels: [0.5] }, 'BAD_ARGUMENT'],
  ])('refuses %s', async (_, { images, ...options }: Partial<ActivationsOptions>, code) => {
    const paths = images?.map((image) => at(image));
    await expect(show({ ...options, ...(paths && { images: paths }) })).rejects.toMatchObject({ code });
  });

  it('stops between two images when the signal says so', async () => {
    const controller = new AbortController();
    const shown: string[] = [];
    const stopped = show({
      images: [at('red.png'), at('blue.png')],
      out: at('stopped'),
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'prediction') shown.push(event.image);
        controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
    expect(shown.length).toBeLessThan(2);
  });

  it('writes the same bytes again, and leaves no tensors', async () => {
    const { images } = await show({ npy: true });
    const read = () => images[0]?.files.map((name) => readFileSync(at('out', name)).toString('base64'));
    const first = read();
    const before = tf.memory().numTensors;
    await show({ npy: true });
    expect([read(), tf.memory().numTensors]).toEqual([first, before]);
  });
});
