import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRaster } from '../../../src/base/raster.js';
import { check } from '../../../src/commands/check/index.js';
import type { CheckResult } from '../../../src/commands/check/result.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { encodePng } from '../../../src/rendering/png.js';
import { encodeTiff } from '../../dataset/decode/written-tiff.js';
import { decodePng } from '../../helpers/decode-png.js';
import { writePhotograph } from '../drawn-photographs.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cnnviz-check-'));
  let seed = 0;
  for (const split of ['train', 'validation']) {
    for (const name of ['cat', 'dog']) {
      for (let index = 0; index < 4; index++) writePhotograph(at(split, name, `${index}.png`), seed++);
    }
  }
});

afterEach(() => rmSync(root, { recursive: true }));

const at = (...names: string[]) => join(root, 'pets', ...names);

/** The findings by their code, each level with its first example. */
function shorten({ findings }: CheckResult): string[] {
  return findings.map(({ level, code, count, examples }) => [level, code, count, ...examples.slice(0, 1)].join(' '));
}

test('a folder with nothing the matter is described: classes, splits, formats, sizes', async () => {
  const result = await check({ data: at() });
  expect(result).toMatchObject({ root: at(), classNames: ['cat', 'dog'], imageCount: 16, readableCount: 16 });
  expect(result.splits.map(({ split, imageCount }) => `${split} ${imageCount}`)).toEqual(['train 8', 'validation 8']);
  expect(result.shapes).toEqual({
    formats: [{ format: 'png', count: 16 }],
    width: { min: 40, median: 40, max: 40 },
    height: { min: 40, median: 40, max: 40 },
    aspect: { min: 1, median: 1, max: 1 },
    mostFrequent: { width: 40, height: 40, count: 16 },
  });
  expect([result.findings, result.warningCount]).toEqual([[], 0]);
});

test('everything the matter is found at once, what is wrong before what is good to know', async () => {
  const values = Array.from({ length: 24 * 24 }, (_, index) => (index * 7) % 256);
  const turned = sharp(at('train', 'cat', '3.png')).withMetadata({ orientation: 8 });
  await turned.jpeg().toFile(at('train', 'cat', 'turned.jpg'));
  rmSync(at('train', 'cat', '3.png'));
  writeFileSync(
    at('train', 'cat', 'twelve.tif'),
    encodeTiff(
      Uint16Array.from(values, (value) => value * 16),
      24,
      24,
    ),
  );
  writeFileSync(
    at('train', 'cat', 'unit.tif'),
    encodeTiff(
      Float32Array.from(values, (value) => value / 255),
      24,
      24,
    ),
  );
  writeFileSync(at('train', 'cat', 'sky.png'), encodePng(createRaster(20, 20, [90, 120, 250])));
  writeFileSync(at('train', 'cat', 'text.jpg'), 'this is no image');
  copyFileSync(at('train', 'cat', '0.png'), at('train', 'dog', 'copy.png'));
  copyFileSync(at('train', 'dog', '1.png'), at('validation', 'dog', 'copy.png'));
  await sharp(at('validation', 'dog', '2.png'))
    .resize(60)
    .jpeg()
    .toFile(at('validation', 'dog', 'again.jpg'));
  const result = await check({ data: at() });
  expect(result).toMatchObject({ imageCount: 23, readableCount: 22, warningCount: 7 });
  expect(shorten(result)).toEqual([
    expect.stringMatching(/^warning unreadable 1 train\/cat\/text\.jpg: it is not an image/),
    'warning contradictory 1 train/cat/0.png = train/dog/copy.png',
    'warning straddling 1 train/dog/1.png = validation/dog/copy.png',
    'warning black 1 train/cat/unit.tif',
    'warning dark 1 train/cat/twelve.tif',
    'warning turned 1 train/cat/turned.jpg',
    'warning constant 1 train/cat/sky.png',
    'note repeated 1 validation/dog/2.png ~ validation/dog/again.jpg',
  ]);
  for (const { remedy } of result.findings) expect(remedy).not.toBe('');
});

test('with autoOrient images that are stored rotated are a note', async () => {
  const turned = sharp(at('train', 'cat', '3.png')).withMetadata({ orientation: 8 });
  await turned.jpeg().toFile(at('train', 'cat', 'turned.jpg'));
  rmSync(at('train', 'cat', '3.png'));
  expect(shorten(await check({ data: at() }))).toEqual(['warning turned 1 train/cat/turned.jpg']);
  expect(shorten(await check({ data: at(), autoOrient: true }))).toEqual(['note turned 1 train/cat/turned.jpg']);
});

test('frames of recordings that train would part are a warning with the option that keeps them together', async () => {
  const data = at('frames');
  for (const name of ['cat', 'dog']) {
    for (let recording = 0; recording < 4; recording++) {
      for (let frame = 0; frame < 4; frame++) {
        const seed = 1000 + recording * 4 + frame + (name === 'dog' ? 100 : 0);
        writePhotograph(join(data, name, `${name}.${recording}_frame${frame}.png`), seed);
      }
    }
  }
  const result = await check({ data });
  expect(shorten(result)).toEqual(['warning name-groups 8 cat.0_frame0.png, cat.0_frame1.png, cat.0_frame2.png']);
  expect(result.findings[0]?.remedy).toContain("--group-by '");
});

test('a class that is hardly readable and one that outweighs the others are reported with their counts', async () => {
  for (let index = 0; index < 9; index++) writeFileSync(at('train', 'dog', `bad${index}.png`), '');
  for (let index = 0; index < 9; index++) writePhotograph(at('train', 'cat', `more${index}.png`), 500 + index);
  const { findings, splits } = await check({ data: at() });
  expect(splits[0]?.classes[1]).toEqual({ className: 'dog', imageCount: 13, readableCount: 4 });
  expect(findings.map(({ message }) => message)).toEqual([
    '9 files cannot be read and are left out of training; less than half are readable: dog 4 of 13',
    'train has 13 of cat and 4 of dog (3.3 : 1)',
  ]);
});

test('each class has a contact sheet with its name and images, and the result lies beside them', async () => {
  const out = join(root, 'sheets');
  const result = await check({ data: at(), out });
  expect(result.files).toEqual(['class-0-cat.png', 'class-1-dog.png', 'manifest.json']);
  expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toMatchObject({
    format: 'cnnviz-check',
    imageCount: 16,
    files: result.files,
  });
  const { width, height } = decodePng(readFileSync(join(out, 'class-0-cat.png')));
  expect([width, height]).toEqual([4 * 260 + 20, expect.any(Number)]);
});

test('examples are bounded, counts are not', async () => {
  for (let index = 0; index < 30; index++) {
    writeFileSync(at('train', 'cat', `flat${index}.png`), encodePng(createRaster(9 + index, 9, [index, 0, 0])));
  }
  const { findings } = await check({ data: at(), examples: 3 });
  expect(findings.find(({ code }) => code === 'constant')).toMatchObject({
    count: 30,
    examples: ['train/cat/flat0.png', 'train/cat/flat1.png', 'train/cat/flat10.png'],
  });
});

test('progress is reported, and a signal ends the check', async () => {
  const events: WorkflowEvent[] = [];
  await check({ data: at(), onEvent: (event) => events.push(event) });
  expect(events).toEqual([
    { type: 'stage', stage: 'scanning' },
    { type: 'image-examined', done: 16, total: 16 },
  ]);
  await expect(check({ data: at(), signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
});

test.each([
  [{ data: '' }, 'data'],
  [{ examples: 0 }, 'examples'],
  [{ examples: 1.5 }, 'examples'],
  [{ out: '' }, 'out'],
])('the options %j are refused', async (change, name) => {
  const refusal = { code: 'BAD_ARGUMENT', options: [name] };
  await expect(check({ data: at(), ...change })).rejects.toMatchObject(refusal);
});
