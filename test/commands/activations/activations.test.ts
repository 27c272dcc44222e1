import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import type { DrawingJob } from '../../../src/commands/activations/draw-image.js';
import { startDrawingThread } from '../../../src/commands/activations/draw-in-thread.js';
import { activations } from '../../../src/commands/activations/index.js';
import type { ActivationsOptions } from '../../../src/commands/activations/options.js';
import { readActivations } from '../../../src/commands/activations/read-activations.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { identifyModel } from '../../../src/network/identify-model.js';
import { makeLayer, makeReport } from '../../channels/report-fixture.js';
import { decodePng } from '../../helpers/decode-png.js';
import { readPngText } from '../../helpers/png-text.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

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
      'overview.png',
      '01-conv2d_1.png',
      '02-max_pooling2d_1.png',
      '03-conv2d_2.png',
      '04-max_pooling2d_2.png',
      'manifest.json',
    ];
    expect([images[0]?.files, readdirSync(at('out')).sort(), badImages]).toEqual([files, files.toSorted(), []]);
    const manifest = JSON.parse(readFileSync(at('out/manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      format: 'cnnviz-activations',
      backend: { name: 'cpu' },
      model: { epoch: 3 },
      overview: 'overview.png',
      files,
    });
    const [layer] = manifest.layers;
    expect(layer).toMatchObject({ name: 'conv2d_1', kind: 'Conv2D', shape: [1, 10, 10, 4], files: [files[2]] });
    expect(layer.channels).toHaveLength(4);
    expect(layer.caption).toMatch(/^\d of 4 channels fires?, on \d+ % of all pixels/);
    expect(layer.channels[2].caption).toMatch(/^channel 2: /);
  });

  it('writes the very pixels that the network got', async () => {
    await show();
    const { width, height, data } = decodePng(readFileSync(at('out/00-input.png')));
    expect([width, height, [...data.subarray(0, 4)]]).toEqual([12, 12, [200, 30, 10, 255]]);
  });

  it('reports everything in order', async () => {
    const events: WorkflowEvent[] = [];
    await show({ layers: ['conv2d_1', 'dense_2'], onEvent: (event) => events.push(event) });
    expect(events.map(({ type }) => type)).toEqual([
      'stage',
      'backend',
      'model',
      'image-started',
      'input',
      'layer',
      'layer',
      'prediction',
      ...Array(5).fill('file-written'),
      'image-ended',
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
      'overview.png',
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

  it('ranks the channels of each layer when asked to: in a picture, in the manifest and in the events', async () => {
    const events: WorkflowEvent[] = [];
    const { images } = await show({ layers: ['conv2d_1', 'dense_1'], top: 3, onEvent: (event) => events.push(event) });
    const [maps, units] = (await readActivations(at('out'))).layers;
    expect(images[0]?.files).toContain('01-conv2d_1-top.png');
    expect([maps?.top?.length, units?.top?.length, maps?.rankedBy]).toEqual([3, 3, 'mean']);
    const values = maps?.top?.map(({ channel }) => maps.channels[channel]?.mean as number) ?? [];
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(maps?.top?.map(({ value }) => value)).toEqual(values);
    expect(maps?.caption).toMatch(/; strongest by mean: channel \d, [\d.]+$/);
    expect(events).toContainEqual(expect.objectContaining({ name: 'conv2d_1', top: maps?.top, rankedBy: 'mean' }));
  });

  it('ranks by contribution to the score of the predicted class, or of one asked for, which has the opposite signs', async () => {
    const events: WorkflowEvent[] = [];
    const contribute = async (options: Partial<ActivationsOptions>) => {
      const { images } = await show({ top: 4, by: 'contribution', onEvent: (event) => events.push(event), ...options });
      const [image] = images;
      const [layer] = (await readActivations(at('out'))).layers;
      const values = layer?.channels.map(({ contribution }) => contribution as number) ?? [];
      return { values, className: image?.prediction?.className, rankedBy: image?.layers[0]?.rankedBy };
    };
    const predicted = await contribute({ layers: ['max_pooling2d_2', 'dense_2'] });
    expect(predicted.rankedBy).toBe(`contribution to the score of ${predicted.className}`);
    expect(Math.max(...predicted.values.map(Math.abs))).toBeGreaterThan(0);
    const other = predicted.className === 'cats' ? 'dogs' : 'cats';
    const opposite = await contribute({ layers: ['max_pooling2d_2'], class: other });
    expect(opposite.rankedBy).toBe(`contribution to the score of ${other}`);
    expect(opposite.values.map((value) => value + 0)).toEqual(predicted.values.map((value) => 0 - value));
    const same = await contribute({ layers: ['max_pooling2d_2'], class: predicted.className as string });
    expect(same.values).toEqual(predicted.values);
    expect(events).toContainEqual({
      type: 'warning',
      message: 'dense_2 is not ranked by contribution: no score depends on it',
    });
  });

  it('writes into every picture of which image, layer and network it is, and draws all grids at one width', async () => {
    const { images } = await show({ layers: 'all', top: 2 });
    const [image] = images;
    const pictures = image?.files.filter((file) => file.endsWith('.png')) ?? [];
    const read = (file: string) => readFileSync(join(image?.folder ?? '', file));
    const identity = await identifyModel(at('runs/first/epoch-0003/model.json'));
    for (const file of pictures) {
      expect(readPngText(read(file))).toMatchObject({
        Image: 'red.png',
        Model: identity,
        Network: 'first',
        Epoch: '3',
      });
      expect(readPngText(read(file)).Software).toMatch(/^cnnviz \d/);
    }
    expect(readPngText(read('01-conv2d_1.png'))).toMatchObject({ Layer: 'conv2d_1', Scale: 'zscore' });
    const grids = pictures.filter((file) => /^(?!00)\d/.test(file));
    expect(grids.length).toBeGreaterThan(8);
    expect(new Set(grids.map((file) => read(file).readUInt32BE(16))).size).toBe(1);
  });

  it("draws the network's probabilities as a bar for each class, and a Flatten in rows of one place", async () => {
    const { images } = await show({ layers: 'all' });
    const layers = images[0]?.layers ?? [];
    const draw = (kind: string) => {
      const index = layers.findLastIndex((layer) => layer.kind === kind);
      return decodePng(readFileSync(at('out', layers[index]?.files[0] as string)));
    };
    const colors = (name: string) => {
      const { data } = draw(name);
      return new Set(
        Array.from({ length: data.length / 4 }, (_, pixel) => data.slice(pixel * 4, pixel * 4 + 3).join()),
      );
    };
    // The bar of the predicted class; and no color of the ramp.
    expect([...colors('Dense')]).toContain('49,104,142');
    expect([...colors('Dense')]).not.toContain('253,231,36');
    expect([...colors('Flatten')]).toContain('253,231,36');
  });

  it('writes no overview where no layer that is shown has maps', async () => {
    const { images } = await show({ layers: ['dense_1'] });
    expect([images[0]?.overview, images[0]?.files.includes('overview.png')]).toEqual([null, false]);
  });

  it('gives all images one scale a layer: from the smallest to the largest value on any of them', async () => {
    const images = [at('red.png'), at('broken.png'), at('blue.png')];
    const shared = await show({ images, layers: 2, scale: 'shared', out: at('shared') });
    const [one, other] = shared.images.map(({ layers }) => layers[0]);
    const measured = await Promise.all(shared.images.map(({ folder }) => readActivations(folder)));
    const channels = measured.flatMap(({ layers }) => layers[0]?.channels ?? []);
    const range = {
      min: Math.min(...channels.map(({ min }) => min)),
      max: Math.max(...channels.map(({ max }) => max)),
    };
    expect([one?.range, other?.range]).toEqual([range, range]);
    expect(shared.badImages).toHaveLength(1);
    const fixed = await show({ layers: 1, range: [-1, 3] });
    expect(fixed.images[0]?.layers[0]?.range).toEqual({ min: -1, max: 3 });
  });

  it("says of channels what the run's channel report knows of them", async () => {
    const folder = at('runs/first/channels');
    mkdirSync(folder);
    const identity = await identifyModel(at('runs/first/epoch-0003/model.json'));
    const firing = { firingImageFraction: 0.5, classes: [0.12, 0.81] };
    const channelReport = makeReport({
      model: { path: 'r', identity },
      data: { path: '/photos', split: null, imageCount: 1000, badImageCount: 0 },
      classes: ['cats', 'dogs'].map((className) => ({ className, imageCount: 500 })),
      layers: [makeLayer('conv2d_1', [firing, firing, firing, firing])],
    });
    writeFileSync(join(folder, 'channels.json'), JSON.stringify(channelReport));
    const { images } = await show();
    rmSync(folder, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(images[0]?.folder as string, 'manifest.json'), 'utf8'));
    expect(manifest.examined).toMatchObject({ imageCount: 1000 });
    const [known, unknown] = (await readActivations(images[0]?.folder as string)).layers;
    expect(known?.channels[1]?.caption).toMatch(/; (fires )?on 81 % of dogs, 12 % of cats$/);
    expect(unknown?.channels[1]?.caption).not.toContain('dogs');
  });

  it('gives each of several images a folder, and skips and reports a bad one', async () => {
    const { images, badImages } = await show({
      images: [at('red.png'), at('broken.png'), at('blue.png')],
      out: at('several'),
    });
    expect(images.map(({ folder }) => folder)).toEqual([at('several/red'), at('several/blue')]);
    expect(badImages).toEqual([{ path: at('broken.png'), reason: expect.any(String) }]);
    expect(readdirSync(at('several')).sort()).toEqual(['blue', 'red']);
  });

  it('draws an image among several, in a thread, as it draws it alone; the numbers of channels are in the manifest', async () => {
    const events = async (images: string[], out: string) => {
      const seen: WorkflowEvent[] = [];
      await show({ images, out, top: 2, onEvent: (event) => seen.push(event) });
      return seen.filter(({ type }) => ['input', 'layer', 'prediction'].includes(type));
    };
    const alone = [
      ...(await events([at('red.png')], at('one/red'))),
      ...(await events([at('blue.png')], at('one/blue'))),
    ];
    const reported = await events([at('red.png'), at('blue.png')], at('two'));
    expect(reported).toEqual(alone);
    for (const name of ['red', 'blue']) {
      const read = (folder: string) =>
        readdirSync(at(folder, name)).map((file) => [file, readFileSync(at(folder, name, file), 'latin1')]);
      const place = (content: string) => content.replace(at('two', name), at('one', name));
      expect(read('two').map(([file, content]) => [file, place(content as string)])).toEqual(read('one'));
      const { layers } = await readActivations(at('two', name));
      expect(layers.map(({ shape, channels }) => channels.length - (shape.at(-1) ?? 0))).toEqual(layers.map(() => 0));
    }
  });

  it('fails by what a listener throws of one of several images, and leaves no unfinished folder', async () => {
    let thrownCount = 0;
    const onEvent = ({ type }: WorkflowEvent) => {
      if (type === 'layer' && thrownCount++ === 0) throw new Error('of the listener');
    };
    const shown = show({ images: [at('red.png'), at('blue.png')], out: at('thrown'), onEvent });
    await expect(shown).rejects.toThrow('of the listener');
    expect(readdirSync(at('thrown')).sort()).toEqual(['blue', 'red']);
  });

  it('draws nothing in a thread that has ended, and says so at once', async () => {
    const thread = startDrawingThread({} as DrawingJob);
    await thread[Symbol.asyncDispose]();
    const seen = { image: 'x.png', folder: at('x'), width: 1, height: 1, pixels: new Uint8Array(3), outputs: [] };
    await expect(thread.draw({ ...seen, prediction: null }, () => undefined)).rejects.toThrow(/has ended/);
  });

  it.each([
    ['no manifest', undefined, 'NOT_FOUND'],
    ['that of something else', '{"format":"cnnviz-explanation","formatVersion":1}', 'BAD_ARGUMENT'],
    ['no layers', '{"format":"cnnviz-activations","formatVersion":1}', 'BAD_ARGUMENT'],
  ])('does not read activations from a folder with %s', async (name, manifest, code) => {
    const folder = at('manifests', name);
    mkdirSync(folder, { recursive: true });
    if (manifest !== undefined) writeFileSync(join(folder, 'manifest.json'), manifest);
    await expect(readActivations(folder)).rejects.toMatchObject({ code });
  });

  it('gives a folder with one image in it a sub-folder, too', async () => {
    const { images } = await show({ images: [at()], out: at('whole') });
    expect(images.map(({ folder }) => folder)).toContain(at('whole/red'));
  });

  it.each<[string, Partial<ActivationsOptions>, string]>([
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
    ['no strongest channels', { top: 0 }, 'BAD_ARGUMENT'],
    ['a ranking without a count', { by: 'mean' }, 'BAD_ARGUMENT'],
    ['a ranking that is not there', { top: 1, by: 'size' as 'mean' }, 'BAD_ARGUMENT'],
    ['a class for a ranking that has none', { top: 1, by: 'max', class: 'cats' }, 'BAD_ARGUMENT'],
    ['a class that is not there', { top: 1, by: 'contribution', class: 'birds' }, 'NOT_FOUND'],
    ['a range without extent', { range: [1, 1] }, 'BAD_ARGUMENT'],
  ])('refuses %s', async (_, { images, ...options }, code) => {
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
