import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { createRaster } from '../../../src/base/raster.js';
import { explain } from '../../../src/commands/explain/index.js';
import type { ExplainOptions } from '../../../src/commands/explain/options.js';
import { writeNewFolder } from '../../../src/disk/files.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { encodeModel } from '../../../src/network/store.js';
import { encodePng } from '../../../src/rendering/png.js';
import { decodePng } from '../../helpers/decode-png.js';
import { readPngText } from '../../helpers/png-text.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await saveBrightness();
});

afterAll(() => workspace.remove());

const at = (...names: string[]) => join(workspace.folder, ...names);

function run(options: Partial<ExplainOptions> = {}) {
  const images = options.images ?? [at('red.png')];
  return explain({ model: at('runs/latest'), backend: 'cpu', out: at('out'), ...options, images });
}

/** 2 x 2 pixels; three softmax classes that count red, blue, and nothing. */
async function saveBrightness(): Promise<void> {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [2, 2, 3],
        name: 'copy',
        filters: 3,
        kernelSize: 1,
        useBias: false,
        weights: [tf.reshape(tf.eye(3), [1, 1, 3, 3])],
      }),
      tf.layers.globalAveragePooling2d({ name: 'mean', dataFormat: 'channelsLast' }),
      tf.layers.dense({
        name: 'classes',
        units: 3,
        activation: 'softmax',
        weights: [
          tf.tensor2d([
            [4, 0, 0],
            [0, 0, 0],
            [-8, 8, 0],
          ]),
          tf.zeros([3]),
        ],
      }),
    ],
  });
  await writeNewFolder(at('colors'), encodeModel(model));
  model.setWeights(model.getWeights().map((weight) => tf.mul(weight, Number.NaN)));
  await writeNewFolder(at('broken-model'), encodeModel(model));
  const half = createRaster(4, 2, [255, 0, 0]);
  for (let pixel = 0; pixel < 8; pixel++) if (pixel % 4 > 1) half.data.set([0, 0, 255, 255], pixel * 4);
  writeFileSync(at('half.png'), encodePng(half));
}

function readNpy(path: string): number[] {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  return [...new Float32Array(new Uint8Array(bytes.subarray(start)).buffer)];
}

describe('explain', () => {
  it('draws class names of any script, and the manifest has them whole', async () => {
    const draw = async (...names: string[]) => {
      cpSync(at('runs/first'), at('runs/named'), { recursive: true });
      const state = readFileSync(at('runs/first/run.json'), 'utf8');
      const named = state.replaceAll('"cats"', `"${names[0]}"`).replaceAll('"dogs"', `"${names[1]}"`);
      writeFileSync(at('runs/named/run.json'), named);
      await run({ model: at('runs/named') });
      const { classes } = JSON.parse(readFileSync(at('out/manifest.json'), 'utf8'));
      expect(classes).toMatchObject(names.map((className) => ({ className })));
      // as bytes: comparing a million numbers one by one takes half a minute on a busy machine
      return Buffer.from(decodePng(readFileSync(at('out/hirescam.png'))).data);
    };
    const drawn = await draw('Kätzchen', '猫');
    expect(drawn.equals(await draw('Kätzchen', '犬'))).toBe(true); // the font lacks both
    expect(drawn.equals(await draw('Katzchen', '猫'))).toBe(false);
    expect((await draw('кошка', 'ψάρι')).equals(await draw('кошко', 'ψάρι'))).toBe(false);
  });

  it('writes a picture and a manifest that lists everything', async () => {
    const { images, badImages } = await run();
    expect([images[0]?.files, readdirSync(at('out')), badImages]).toEqual([
      ['hirescam.png', 'manifest.json'],
      ['hirescam.png', 'manifest.json'],
      [],
    ]);
    expect(images[0]?.layer).toEqual({ name: 'conv2d_2', shape: [3, 3, 4] });
    expect(JSON.parse(readFileSync(at('out/manifest.json'), 'utf8'))).toMatchObject({
      format: 'cnnviz-explanation',
      options: { method: 'hirescam', layer: 'conv2d_2' },
      layer: { name: 'conv2d_2', shape: [3, 3, 4] },
      width: 20,
      height: 16,
      classes: [{ className: 'cats' }, { className: 'dogs' }],
    });
  });

  it('one sigmoid unit: the classes have opposite scores and maps, and probabilities that add up', async () => {
    await run({ npy: true, out: at('npy') });
    const [cats, dogs] = ['hirescam-0-cats.npy', 'hirescam-1-dogs.npy'].map((name) => readNpy(at('npy', name)));
    expect(dogs?.some((value) => value !== 0)).toBe(true);
    expect(cats?.map((value) => -value + 0)).toEqual(dogs?.map((value) => value + 0));
    const { classes } = JSON.parse(readFileSync(at('npy/manifest.json'), 'utf8'));
    expect(classes[0].score).toBe(-classes[1].score);
    expect(classes[0].probability + classes[1].probability).toBeCloseTo(1, 6);
  });

  it('worked out on paper through files: red counts 4/4, blue -8/4 and 8/4 a pixel', async () => {
    const { images } = await run({ model: at('colors'), images: [at('half.png')], out: at('half'), npy: true });
    const [image] = images;
    // scores: 4 * 0.5 - 8 * 0.5 = -2, 8 * 0.5 = 4, 0
    expect(image?.classes.map(({ className, score, evidence }) => [className, score, evidence])).toEqual([
      ['class 1', 4, 'positive'],
      ['class 2', 0, 'nothing'],
    ]);
    expect(readNpy(at('half/hirescam-1-class_1.npy'))).toEqual([0, 2, 0, 2]);
    const all = await run({
      model: at('colors'),
      images: [at('half.png')],
      out: at('all'),
      npy: true,
      classes: [0, '2'],
    });
    expect(readNpy(at('all/hirescam-0-class_0.npy'))).toEqual([1, -2, 1, -2]);
    expect(all.images[0]?.classes[1]?.sentence).toContain('the map is 0 everywhere');
  });

  it.each(['gradcam', 'hirescam'] as const)('WebAssembly gives the maps of plain JavaScript: %s', async (method) => {
    for (const backend of ['cpu', 'wasm'] as const) await run({ npy: true, method, backend, out: at(backend) });
    for (const name of [`${method}-0-cats.npy`, `${method}-1-dogs.npy`]) {
      const [onCpu, onWasm] = [readNpy(at('cpu', name)), readNpy(at('wasm', name))];
      expect(Math.max(...onCpu.map(Math.abs))).toBeGreaterThan(1e-4);
      expect(onWasm).toEqual(onCpu.map((value) => expect.closeTo(value, 6)));
    }
  });

  it('several methods at several layers: a picture and maps of each, one picture of all, and each in the manifest', async () => {
    const events: WorkflowEvent[] = [];
    const method = ['saliency', 'layercam', 'eigencam'] as const;
    const layer = ['conv2d_2', 'conv2d_1'];
    const { images } = await run({
      ...{ method, layer, classes: ['dogs'], npy: true, out: at('many') },
      onEvent: (event) => events.push(event),
    });
    const places = [
      ['layercam', 'conv2d_2'],
      ['layercam', 'conv2d_1'],
      ['eigencam', 'conv2d_2'],
      ['eigencam', 'conv2d_1'],
      ['saliency', 'input'],
    ];
    const files = places.map(([name, at]) => (at === 'input' ? name : `${name}-${at}`));
    expect(images[0]?.files).toEqual(
      expect.arrayContaining(['methods.png', ...files.flatMap((name) => [`${name}.png`, `${name}-1-dogs.npy`])]),
    );
    expect(images[0]?.files).toHaveLength(12);
    const { options, explanations, ...first } = JSON.parse(readFileSync(at('many/manifest.json'), 'utf8'));
    expect(options).toMatchObject({ method: [...method], layer });
    expect(
      explanations.map((each: { method: string; layer: { name: string } }) => [each.method, each.layer.name]),
    ).toEqual(places);
    expect(first).toMatchObject({ method: 'layercam', layer: { name: 'conv2d_2' }, classes: [{ className: 'dogs' }] });
    expect(explanations[4]).toMatchObject({
      layer: { shape: [12, 12, 3] },
      caution: expect.stringContaining('Saliency'),
    });
    expect(events.flatMap((event) => (event.type === 'caution' ? event.sentence.split(':')[0] : []))).toEqual([
      'Eigen-CAM',
      'Saliency',
    ]);
    expect(events.flatMap((event) => (event.type === 'explanation' ? (event.again ?? false) : []))).toEqual([
      ...[false, true, true, true, true],
    ]);
  });

  it('a method of pixels explains a network without maps, and the picture says that it is blurred', async () => {
    const kernel = tf.tensor2d([[1], [-4], [2]]);
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [1, 1, 3] }),
        tf.layers.dense({ units: 1, activation: 'sigmoid', weights: [kernel, tf.zeros([1])] }),
      ],
    });
    await writeNewFolder(at('flat'), encodeModel(model));
    const out = at('flat-out');
    const { images } = await run({
      ...{ model: at('flat'), method: ['saliency', 'input-x-gradient'], classes: [1], npy: true, out },
    });
    expect(readNpy(join(out, 'saliency-1-class_1.npy'))).toEqual([4]);
    expect(readNpy(join(out, 'input-x-gradient-1-class_1.npy'))).toEqual([
      expect.closeTo(images[0]?.classes[0]?.score as number, 6),
    ]);
    await expect(run({ model: at('flat') })).rejects.toMatchObject({ code: 'BAD_MODEL' });
  });

  it('all methods leave no tensors behind, and are the same files for every order of asking', async () => {
    await run({ method: 'all', out: at('all-methods') });
    const before = tf.memory().numTensors;
    const { images } = await run({ method: ['saliency', 'all', 'gradcam'], out: at('all-again') });
    expect(tf.memory().numTensors).toBe(before);
    for (const name of images[0]?.files.filter((file) => file.endsWith('.png')) ?? []) {
      expect(readFileSync(at('all-again', name))).toEqual(readFileSync(at('all-methods', name)));
    }
  });

  it('the picture is as large as the images side by side, and more', async () => {
    await run({ model: at('colors'), images: [at('half.png')], out: at('size') });
    const { width, height } = decodePng(readFileSync(at('size/hirescam.png')));
    expect([width > 3 * 4, height > 2]).toEqual([true, true]);
  });

  it('reports everything in order', async () => {
    const events: WorkflowEvent[] = [];
    await run({ layer: 'conv2d_1', onEvent: (event) => events.push(event) });
    expect(events.map(({ type }) => type)).toEqual([
      'stage',
      'backend',
      'model',
      'image-started',
      'input',
      'prediction',
      'explanation',
      'explanation',
      'file-written',
      'file-written',
      'image-ended',
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'explanation', layer: 'conv2d_1', className: 'dogs', image: at('red.png') }),
    );
  });

  it('gives each of several images a folder, and skips and reports a bad one', async () => {
    const { images, badImages } = await run({ images: [at('red.png'), at('broken.png')], out: at('several') });
    expect(images.map(({ folder }) => folder)).toEqual([at('several/red')]);
    expect(badImages).toEqual([{ path: at('broken.png'), reason: expect.any(String) }]);
  });

  it.each([
    ['a bad image alone', { images: ['broken.png'] }, 'BAD_IMAGE'],
    ['a layer that is not there', { layer: 'conv2d_9' }, 'NOT_FOUND'],
    ['a layer without height and width', { layer: 'dense_1' }, 'NOT_FOUND'],
    ['an unknown class', { classes: ['birds'] }, 'NOT_FOUND'],
    ['half a class', { classes: [0.5] }, 'BAD_ARGUMENT'],
    ['an unknown method', { method: 'cam' as 'gradcam' }, 'BAD_ARGUMENT'],
    ['no images', { images: [] }, 'BAD_ARGUMENT'],
    ['an empty layer', { layer: '' }, 'BAD_ARGUMENT'],
    ['one layer of several that is not there', { layer: ['conv2d_1', 'conv2d_9'] }, 'NOT_FOUND'],
    ['no method', { method: [] }, 'BAD_ARGUMENT'],
    ['an unknown method among others', { method: ['gradcam', 'cam'] as unknown as 'gradcam' }, 'BAD_ARGUMENT'],
  ])('refuses %s', async (_, { images, ...options }: Partial<ExplainOptions>, code) => {
    const paths = images?.map((image) => at(image));
    await expect(run({ ...options, ...(paths && { images: paths }) })).rejects.toMatchObject({ code });
  });

  it('a network whose scores are NaN is refused, and nothing written', async () => {
    await expect(run({ model: at('broken-model'), out: at('nan') })).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringContaining('NaN'),
    });
    expect(existsSync(at('nan'))).toBe(false);
  });

  it('leaves no tensors behind', async () => {
    await run();
    const before = tf.memory().numTensors;
    await run();
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('says in the picture itself which image and which network it is of', async () => {
  const { images } = await run({ out: at('named') });
  const [file] = (images[0]?.files ?? []).filter((name) => name.endsWith('.png'));
  const texts = readPngText(readFileSync(at('named', file as string)));
  expect(texts).toMatchObject({ Image: 'red.png', Method: 'HiResCAM' });
  expect(texts.Network).toMatch(/^\S+$/);
  expect(texts.Model).toMatch(/^[0-9a-f]{64}$/);
});
