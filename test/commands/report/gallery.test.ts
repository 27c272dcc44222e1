import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import type { EvaluateResult } from '../../../src/commands/evaluate/result.js';
import { report } from '../../../src/commands/report/index.js';
import type { ReportOptions } from '../../../src/commands/report/options.js';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { train } from '../../../src/commands/train/index.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { parseSelection, selectEntries } from '../../../src/page/client/gallery/selection.js';
import type { GalleryData } from '../../../src/page/gallery/gallery-data.js';

let folder: string;
let evaluation: EvaluateResult;

// A network that has learned little: some of its answers are right.
beforeAll(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-gallery-')));
  await sampleData({ dir: join(folder, 'pets'), imageSize: 32, train: 10, validation: 5, test: 12 });
  const run = { backend: 'cpu', imageSize: 16, filters: [6, 8], dense: 12, epochs: 1, seed: 5 } as const;
  await train({ data: join(folder, 'pets'), out: join(folder, 'run'), learningRate: 1e-3, ...run });
  evaluation = await evaluate({ data: join(folder, 'pets'), model: join(folder, 'run'), backend: 'cpu' });
  return () => fs.rm(folder, { recursive: true });
});

async function run(options: Partial<ReportOptions>) {
  const out = join(folder, 'report.html');
  const result = await report({ model: join(folder, 'run'), backend: 'cpu', layers: 1, out, ...options });
  const page = await fs.readFile(out, 'utf8');
  const json = /class="gallery-data">([^<]*)</.exec(page)?.[1];
  return { result, page, data: json === undefined ? undefined : (JSON.parse(json) as GalleryData) };
}

const countAt = ({ entries }: GalleryData, address: string) => selectEntries(entries, parseSelection(address)).length;

test('evaluation found right and wrong ones of both classes', () => {
  expect(evaluation.imageCount).toBe(24);
  expect(evaluation.mistakeCount).toBeGreaterThan(3);
  expect(evaluation.mistakeCount).toBeLessThan(24);
});

test('of a folder shows the most surprising images in full and all small, counted as evaluate does', async () => {
  const { result, page, data } = await run({ images: [join(folder, 'pets/test')], full: 3 });
  const { entries } = data as GalleryData;
  expect(entries).toHaveLength(24);
  const { mistakeCount, confusionMatrix, mistakes } = evaluation;
  expect(countAt(data as GalleryData, 'wrong')).toBe(mistakeCount);
  expect(countAt(data as GalleryData, 'right')).toBe(24 - mistakeCount);
  const counted = confusionMatrix.map((row, truth) =>
    row.map((_, predicted) => countAt(data as GalleryData, `${truth}-${predicted}`)),
  );
  expect(counted).toEqual(confusionMatrix);
  const full = result.images.filter((image) => image.full);
  expect(full.map(({ image }) => image).sort()).toEqual(
    mistakes
      .slice(0, 3)
      .map(({ path }) => path)
      .sort(),
  );
  expect(page.match(/<section class="view image"/g)).toHaveLength(3);
  expect(
    entries
      .filter((entry) => entry.full !== undefined)
      .map(({ full: number }) => number)
      .sort(),
  ).toEqual([1, 2, 3]);
  expect(result.images).toHaveLength(24);
  expect(page).not.toContain(folder);
});

test('each small image has its evidence, and the images most like it', async () => {
  const { data } = await run({ images: [join(folder, 'pets/test')], full: 1 });
  for (const [at, entry] of (data as GalleryData).entries.entries()) {
    const shape = data?.shapes[entry.map?.shape ?? -1];
    expect(Buffer.from(entry.map?.values ?? '', 'base64')).toHaveLength((shape?.width ?? 0) * (shape?.height ?? 0));
    expect(entry.neighbors).toHaveLength(4);
    expect(entry.neighbors).not.toContain(at);
  }
});

test('shows images that were named themselves before others, and all where there are few', async () => {
  const [first] = evaluation.mistakes.filter(({ trueClass }) => trueClass === 'cats');
  const file = (await fs.readdir(join(folder, 'pets/test/dogs'))).map((name) =>
    join(folder, 'pets/test/dogs', name),
  )[7];
  const { result } = await run({ images: [join(folder, 'pets/test/cats'), file as string], full: 2 });
  const full = result.images.filter((image) => image.full).map(({ image }) => image);
  expect(full).toEqual([first?.path, file]);
  const few = await run({ images: [join(folder, 'pets/test/cats')], full: 12 });
  expect(few.result.images.every(({ full }) => full)).toBe(true);
  expect(few.data?.entries).toHaveLength(12);
});

test('shows the mistakes alone, of the folder that the run was trained on where none is named', async () => {
  const events: WorkflowEvent[] = [];
  const { data, page, result } = await run({ mistakes: true, full: 0, onEvent: (event) => events.push(event) });
  expect(data?.entries).toHaveLength(evaluation.mistakeCount);
  expect(countAt(data as GalleryData, 'wrong')).toBe(evaluation.mistakeCount);
  expect(page).toContain(`${evaluation.mistakeCount} of 24 test images`);
  expect(result.images.every(({ full, prediction }) => !full && prediction?.correct === false)).toBe(true);
  const named = await run({ mistakes: true, images: [join(folder, 'pets')], full: 1 });
  expect(named.data?.entries.map(({ name }) => name)).toEqual(data?.entries.map(({ name }) => name));
  expect(named.page.match(/<section class="view image"/g)).toHaveLength(1);
});

test('of mistakes alone reports what cannot be read among all images, once, and what is stored rotated', async () => {
  const data = join(folder, 'damaged');
  await fs.cp(join(folder, 'pets/test'), data, { recursive: true });
  const broken = join(data, 'cats/broken.png');
  await fs.writeFile(broken, 'junk');
  const [any] = (await fs.readdir(join(data, 'dogs'))).map((name) => join(data, 'dogs', name));
  const bytes = await sharp(any).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  await fs.writeFile(join(data, 'dogs/rotated.jpg'), bytes);
  const events: WorkflowEvent[] = [];
  const { result } = await run({ mistakes: true, images: [data], full: 1, onEvent: (event) => events.push(event) });
  expect(events.filter(({ type }) => type === 'bad-image').map((event) => 'path' in event && event.path)).toEqual([
    broken,
  ]);
  expect(result.badImages.map(({ path }) => path)).toEqual([broken]);
  const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  expect(warnings).toContainEqual(expect.stringMatching(/^1 of 26 images is stored rotated/));
});

test('refuses what it cannot show, before the work where that can be known', async () => {
  await expect(run({})).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await expect(run({ mistakes: true, images: ['a', 'b'] })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await expect(run({ full: -1, images: [folder] })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  const events: WorkflowEvent[] = [];
  const images = new Array<string>(40_000).fill(
    join(folder, 'pets/test/cats', (await fs.readdir(join(folder, 'pets/test/cats')))[0] as string),
  );
  await expect(run({ images, onEvent: (event) => events.push(event) })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringMatching(/at most 60 MB; 40,000 images/),
  });
  expect(events.map(({ type }) => type)).not.toContain('evaluation-step');
});

test('stops between two batches, and leaves nothing behind', async () => {
  const controller = new AbortController();
  const onEvent = ({ type }: WorkflowEvent) => type === 'evaluation-step' && controller.abort();
  const out = join(folder, 'stopped.html');
  const images = [join(folder, 'pets/train')];
  await expect(run({ images, out, onEvent, signal: controller.signal })).rejects.toMatchObject({ code: 'ABORTED' });
  expect((await fs.readdir(folder)).filter((name) => name.includes('stopped'))).toEqual([]);
});
