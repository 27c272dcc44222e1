import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRaster } from '../../../src/base/raster.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import { encodePng } from '../../../src/rendering/png.js';
import { readRun } from '../../../src/runs/run.js';
import { encodeTiff } from '../../dataset/decode/written-tiff.js';
import { writePhotograph } from '../drawn-photographs.js';
import { TINY, trainWithEvents } from './training-fixture.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cnnviz-training-check-'));
  let seed = 0;
  for (const split of ['train', 'validation']) {
    for (const name of ['cat', 'dog']) {
      for (let index = 0; index < 4; index++) writePhotograph(at(split, name, `${index}.png`), seed++);
    }
  }
});

afterEach(() => rmSync(root, { recursive: true }));

const at = (...names: string[]) => join(root, 'pets', ...names);

function trainChecked(change: Partial<TrainOptions> = {}) {
  const given = change.resume === undefined ? { data: at(), out: join(root, 'run'), ...TINY } : {};
  return trainWithEvents({ ...given, ...change });
}

test('images without anything the matter are not spoken of', async () => {
  const { warnings, record } = await trainChecked();
  expect(warnings).toEqual([]);
  expect(record.check).toMatchObject({ examined: 16, turned: { count: 0 }, straddling: { groupCount: 0 } });
});

test('images that are stored rotated are counted, with what to do; rotated ones are not', async () => {
  for (const name of ['1', '2']) {
    const turned = sharp(at('train', 'cat', `${name}.png`)).withMetadata({ orientation: 6 });
    await turned.jpeg().toFile(at('train', 'cat', `turned${name}.jpg`));
    rmSync(at('train', 'cat', `${name}.png`));
  }
  const { warnings, record } = await trainChecked();
  expect(warnings).toEqual([
    '2 of 16 images are stored rotated (EXIF orientation) and used as stored, as in Keras, for example train/cat/turned1.jpg. --auto-orient rotates them upright, as will every command that uses the run.',
  ]);
  expect(record.check?.turned).toEqual({ count: 2, examples: ['train/cat/turned1.jpg', 'train/cat/turned2.jpg'] });
  expect((await trainChecked({ autoOrient: true, overwrite: true })).warnings).toEqual([]);
});

test('depths that come out dark or black, and images of one color, are reported with what they lead to', async () => {
  const values = Array.from({ length: 24 * 24 }, (_, index) => (index * 7) % 256);
  const twelve = Uint16Array.from(values, (value) => value * 16);
  const unit = Float32Array.from(values, (value) => value / 255);
  writeFileSync(at('train', 'cat', 'twelve.tif'), encodeTiff(twelve, 24, 24));
  writeFileSync(at('train', 'dog', 'unit.tif'), encodeTiff(unit, 24, 24));
  writeFileSync(at('train', 'dog', 'sky.png'), encodePng(createRaster(20, 20, [90, 120, 250])));
  const { warnings } = await trainChecked();
  expect(warnings).toEqual([
    expect.stringMatching(
      /^1 of 19 images has floating-point values from 0 to 1.* black, for example train\/dog\/unit\.tif\./,
    ),
    expect.stringMatching(
      /^1 of 19 images has 16-bit values below an eighth.*nearly black, for example train\/cat\/twelve/,
    ),
    expect.stringMatching(
      /^1 of 19 images has only one color: nothing to learn, for example train\/dog\/sky\.png\. Remove/,
    ),
  ]);
});

test('the same picture under two classes contradicts itself', async () => {
  copyFileSync(at('train', 'cat', '2.png'), at('train', 'dog', 'copy.png'));
  const { warnings } = await trainChecked();
  expect(warnings).toEqual([
    '1 image is under two classes (same bytes): the labels contradict each other, for example train/cat/2.png = train/dog/copy.png. Keep each only in its true class.',
  ]);
});

test('a picture saved again in validation is found by what it shows, in the split that train makes too', async () => {
  await sharp(at('train', 'cat', '2.png'))
    .resize(60)
    .jpeg({ quality: 80 })
    .toFile(at('validation', 'cat', 'again.jpg'));
  const { warnings } = await trainChecked();
  expect(warnings).toEqual([
    expect.stringMatching(
      /^1 image is in more than one split \(they look the same\), so metrics .*too good, for example/,
    ),
  ]);
  expect(warnings[0]).toContain('train/cat/2.png ~ validation/cat/again.jpg');
  expect(warnings[0]).toContain('--group-by');
});

test('a file that is in both splits is reported once', async () => {
  copyFileSync(at('train', 'cat', '2.png'), at('validation', 'cat', 'again.png'));
  const { warnings } = await trainChecked();
  expect(warnings).toEqual([expect.stringContaining('1 validation image also appears in train')]);
});

test('nothing is looked for with check: false', async () => {
  copyFileSync(at('train', 'cat', '2.png'), at('train', 'dog', 'copy.png'));
  const { warnings, record } = await trainChecked({ check: false });
  expect(warnings).toEqual([]);
  expect(record.check).toBeUndefined();
});

test('what was found is reported in the first epoch, and kept when the run goes on', async () => {
  mkdirSync(at('train', 'dog'), { recursive: true });
  copyFileSync(at('train', 'cat', '2.png'), at('train', 'dog', 'copy.png'));
  const first = await trainChecked({ epochs: 2 });
  expect(first.warnings).toHaveLength(1);
  const { warnings } = await trainChecked({ resume: join(root, 'run'), epochs: 3 });
  expect(warnings).toEqual([]);
  expect((await readRun(join(root, 'run'))).check?.contradictory.groupCount).toBe(1);
});

test('frames of one recording that the split of train separates are recognized by their names, unless they are grouped', async () => {
  const data = join(root, 'frames');
  for (const name of ['cat', 'dog']) {
    for (let recording = 0; recording < 4; recording++) {
      for (let frame = 0; frame < 4; frame++) {
        const seed = 1000 + recording * 4 + frame + (name === 'dog' ? 100 : 0);
        writePhotograph(join(data, name, `${name}.${recording}_frame${frame}.png`), seed);
      }
    }
  }
  const { warnings } = await trainChecked({ data });
  expect(warnings).toEqual([
    expect.stringMatching(/^32 images in 8 groups have names like frames of one recording: .* --group-by '(.*)'$/),
  ]);
  const groupBy = /--group-by '(.*)'$/.exec(warnings[0] as string)?.[1] as string;
  expect((await trainChecked({ data, groupBy, overwrite: true })).warnings).toEqual([]);
});
