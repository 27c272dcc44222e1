import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { createRaster, type Raster } from '../../src/base/raster.js';
import { activations } from '../../src/commands/activations/index.js';
import { channels } from '../../src/commands/channels/index.js';
import { evaluate } from '../../src/commands/evaluate/index.js';
import { explain } from '../../src/commands/explain/index.js';
import { predict } from '../../src/commands/predict/index.js';
import { report } from '../../src/commands/report/index.js';
import type { WorkflowEvent } from '../../src/events.js';
import { encodeModel } from '../../src/network/store.js';
import { encodePng } from '../../src/rendering/png.js';

// A network that takes images of any size sees each at its own, whatever else the call has.

/** Height and width of photographs, by name, in the order in which commands take them. */
const SIZES = { 'a.png': [16, 20], 'b.png': [16, 20], 'c.png': [24, 12], 'd.png': [580, 58], 'e.png': [16, 20] };
const names = Object.keys(SIZES);
/** No side above 512. */
const SEEN = [[16, 20], [16, 20], [24, 12], [512, 51], [16, 20]]; // biome-ignore format: a row

let folder: string;
let model: string;
let photos: string;
const backend = 'wasm';

function draw(height: number, width: number, seed: number): Raster {
  const raster = createRaster(width, height, [0, 0, 0]);
  for (let at = 0; at < raster.data.length; at++) raster.data[at] = (at * 37 + seed * 91 + (at % 7) * seed * 13) % 256;
  return raster;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-open-size-'));
  [model, photos] = [join(folder, 'network'), join(folder, 'photos')];
  await selectBackend(backend);
  const initialize = (seed: number) => tf.initializers.randomNormal({ seed, stddev: 0.4 });
  const network = tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...{ inputShape: [null, null, 3], filters: 4, kernelSize: 3, activation: 'relu', name: 'conv' },
        kernelInitializer: initialize(1),
      }),
      tf.layers.maxPooling2d({ poolSize: 2, name: 'pool' }),
      tf.layers.globalAveragePooling2d({ name: 'average' } as Parameters<typeof tf.layers.globalAveragePooling2d>[0]),
      tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: initialize(2), name: 'classes' }),
    ],
  });
  mkdirSync(model);
  for (const [name, content] of Object.entries(encodeModel(network))) {
    writeFileSync(join(model, name), Array.isArray(content) ? Buffer.concat(content) : (content as string));
  }
  writeFileSync(join(model, 'labels.txt'), 'cats\ndogs\n');
  network.dispose();
  mkdirSync(photos);
  for (const [index, [name, [height, width]]] of Object.entries(SIZES).entries()) {
    writeFileSync(join(photos, name), encodePng(draw(height as number, width as number, index)));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const paths = () => names.map((name) => join(photos, name));

test('each of several images is predicted as it is alone, in the order given, in batches of any size', async () => {
  const alone = [];
  for (const image of paths()) alone.push(...(await predict({ images: [image], model, backend })).predictions);
  for (const batchSize of [1, 2, 20]) {
    const together = await predict({ images: paths(), model, backend, batchSize });
    expect(together.predictions).toEqual(alone);
  }
  expect(new Set(alone.map(({ probability }) => probability)).size).toBe(names.length);
  const resized = await predict({ images: paths(), model, backend, imageSize: 16 });
  expect(resized.predictions).not.toEqual(alone);
});

test('evaluate gives each image the probability that predict does', async () => {
  const data = join(folder, 'data');
  for (const [index, name] of names.entries()) {
    const place = join(data, index < 3 ? 'cats' : 'dogs');
    mkdirSync(place, { recursive: true });
    writeFileSync(
      join(place, name),
      encodePng(draw(...(SIZES[name as keyof typeof SIZES] as [number, number]), index)),
    );
  }
  const { mistakes, imageCount, loss } = await evaluate({ data, model, backend, mistakes: 5 });
  const { predictions } = await predict({ images: paths(), model, backend });
  const losses = predictions.map(({ className, probability }, index) => {
    const isRight = className === (index < 3 ? 'cats' : 'dogs');
    return -Math.log(isRight ? probability : 1 - probability);
  });
  expect(imageCount).toBe(5);
  expect(loss).toBeCloseTo(losses.reduce((sum, each) => sum + each) / 5, 5);
  for (const { path, probability } of mistakes) {
    const index = names.findIndex((name) => path.endsWith(name));
    expect(probability).toBe(predictions[index]?.probability);
  }
});

test('grids, maps and pages are of each image at its own size', async () => {
  const events: WorkflowEvent[] = [];
  const onEvent = (event: WorkflowEvent) => events.push(event);
  const call = { images: paths(), model, backend, onEvent } as const;
  for (const scale of ['article', 'shared'] as const) {
    const shown = await activations({ ...call, out: join(folder, scale), tile: 16, scale });
    expect(shown.images.map(({ inputShape }) => inputShape)).toEqual(SEEN.map((size) => [1, ...size, 3]));
    const pooled = shown.images.map(({ layers }) => layers.find(({ name }) => name === 'pool')?.shape);
    expect(pooled).toEqual(SEEN.map((size) => [1, ...size.map((side) => (side - 2) >> 1), 4]));
  }
  const explained = await explain({ ...call, out: join(folder, 'explained') });
  expect(explained.images.map(({ layer }) => layer.shape)).toEqual(
    SEEN.map((size) => [...size.map((side) => (side - 2) >> 1), 4]),
  );
  const { images } = await report({ ...call, out: join(folder, 'page.html') });
  expect(images.map(({ prediction }) => prediction?.probability)).toEqual(
    (await predict(call)).predictions.map(({ probability }) => probability),
  );
  const notes = events.flatMap((event) => (event.type === 'note' ? [event.message] : []));
  expect(notes.filter((note) => note.includes('each at its own'))).toHaveLength(5);
});

test('an image that is too small, or none, is a bad image among others', async () => {
  const images = paths();
  writeFileSync(join(folder, 'tiny.png'), encodePng(draw(2, 2, 1)));
  writeFileSync(join(folder, 'text.png'), 'no picture');
  images.splice(2, 0, join(folder, 'tiny.png'), join(folder, 'text.png'));
  const { predictions, badImages } = await predict({ images, model, backend });
  expect(predictions.map(({ image }) => image)).toEqual(paths());
  expect(badImages.map(({ path }) => path)).toEqual([join(folder, 'tiny.png'), join(folder, 'text.png')]);
  expect(badImages[0]?.reason).toMatch(/cannot take it at 2 x 2, its own size/);
  const explained = await explain({ images, model, backend, out: join(folder, 'some') });
  expect(explained.badImages.map(({ path }) => path)).toEqual([join(folder, 'tiny.png'), join(folder, 'text.png')]);
  const bad = images.slice(2, 4);
  await expect(predict({ images: bad, model, backend })).rejects.toMatchObject({ code: 'BAD_MODEL' });
});

test('channels are measured at one size, and it is said', async () => {
  const notes: string[] = [];
  await channels({
    ...{ data: join(folder, 'data'), model, backend, out: join(folder, 'measured') },
    onEvent: (event) => event.type === 'note' && notes.push(event.message),
  });
  expect(notes.join('\n')).toMatch(/16 x 20, as .*a\.png, to which the others are resized/);
});
