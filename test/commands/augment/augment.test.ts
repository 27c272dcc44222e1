import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRaster, fillRectangle } from '../../../src/base/raster.js';
import { drawAugmentSheet } from '../../../src/commands/augment/augment-sheet.js';
import { augment } from '../../../src/commands/augment/index.js';
import type { AugmentOptions } from '../../../src/commands/augment/options.js';
import { RECIPES } from '../../../src/commands/train/recipes.js';
import { AUGMENTATION_DEFAULTS } from '../../../src/dataset/augment/augmentation-options.js';
import { drawTransform } from '../../../src/dataset/augment/image-transform.js';
import { encodePng } from '../../../src/rendering/png.js';
import { decodePng } from '../../helpers/decode-png.js';
import { expectGolden } from '../../helpers/golden.js';

let folder: string;
let image: string;

beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-augment-'));
  image = join(folder, 'half.png');
  // red on the left, green on the right
  const picture = createRaster(8, 8, [200, 0, 0]);
  fillRectangle(picture, 4, 0, 4, 8, [0, 200, 0]);
  await fs.writeFile(image, encodePng(picture));
});

afterAll(() => fs.rm(folder, { recursive: true }));

async function show(options: Omit<AugmentOptions, 'image' | 'out'>) {
  const out = join(folder, 'out');
  const result = await augment({ image, out, imageSize: 8, ...options });
  const manifest = JSON.parse(await fs.readFile(join(out, 'manifest.json'), 'utf8'));
  return { result, manifest, sheet: decodePng(await fs.readFile(join(out, 'augmented.png'))) };
}

test('the manifest lists what the sheet shows: what training does to its first image, pass after pass', async () => {
  const { result, manifest } = await show({ rotationRange: 10, brightnessRange: [0.5, 1], count: 3, seed: 5 });
  expect(manifest).toMatchObject({ format: 'cnnviz-augment', ...result, options: { seed: 5, imageSize: 8 } });
  const augmentation = { ...AUGMENTATION_DEFAULTS, rotationRange: 10, brightnessRange: [0.5, 1] as const };
  expect(result.augmentation).toEqual(augmentation);
  expect(result.pictures).toEqual(
    [0, 1, 2].map((pass) => ({
      pass: pass + 1,
      ...drawTransform(augmentation, { width: 8, height: 8 }, { seed: 5, pass, fileIndex: 0 }),
    })),
  );
  expect(result.files).toEqual(['augmented.png', 'manifest.json']);
});

test('a picture stands on the sheet as it is changed', async () => {
  const { result, sheet } = await show({ horizontalFlip: true, count: 3 });
  const mirrored = result.pictures.map(({ horizontalFlip }) => horizontalFlip);
  expect(new Set(mirrored).size).toBe(2);
  // the cells of one row: is the left part of their pictures, at a third of their height, green?
  const cell = 280;
  const isGreen = [1, 2, 3].map((column) => {
    const pixel = (150 * sheet.width + 20 + column * (cell + 20) + 40) * 4;
    return (sheet.data[pixel + 1] as number) > (sheet.data[pixel] as number);
  });
  expect(isGreen).toEqual(mirrored);
});

test('a recipe is shown as it trains, without any option the recipe augmented; other options override it', async () => {
  const { result, manifest } = await show({ recipe: 'best', zoomRange: 0.5, count: 1 });
  const { horizontalFlip, rotationRange, contrastRange, fillMode } = RECIPES.best;
  expect(result.augmentation).toMatchObject({ horizontalFlip, rotationRange, contrastRange, fillMode, zoomRange: 0.5 });
  expect(manifest.options.interpolation).toBe(RECIPES.best.interpolation);
  const augmented = { rotationRange: 40, shearRange: 0.2, horizontalFlip: true };
  expect((await show({ count: 1 })).result.augmentation).toMatchObject(augmented);
  const wrapped = (await show({ count: 1, fillMode: 'wrap' })).result.augmentation;
  expect(wrapped).toMatchObject({ ...augmented, fillMode: 'wrap' });
  expect((await show({ count: 1, rotationRange: 5 })).result.augmentation).toMatchObject({ horizontalFlip: false });
});

test.each<[Partial<AugmentOptions>, string]>([
  [{ count: 0 }, 'count: expected a whole number from 1 to 1000, received 0'],
  [{ zoomRange: 1 }, 'zoomRange: expected'],
  [{ imageSize: 0 }, 'imageSize: expected'],
  [{ image: '' }, 'image: expected an image file'],
  [{ recipe: 'article' }, 'recipe: expected one that augments images, received "article"'],
])('%o is refused', async (options, message) => {
  await expect(augment({ image, ...options })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining(message),
  });
});

test('what is not an image is reported, and nothing is written', async () => {
  const path = join(folder, 'text.jpg');
  await fs.writeFile(path, 'text');
  const out = join(folder, 'nothing');
  await expect(augment({ image: path, out })).rejects.toMatchObject({ code: 'BAD_IMAGE' });
  await expect(fs.stat(out)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the sheet says what was done to each picture, as far as it was asked for', () => {
  const picture = createRaster(100, 100, [90, 120, 160]);
  const transform = {
    ...{ rotation: -31.94, widthShift: -27.4, heightShift: 6.7, shear: 12.345, widthZoom: 0.9, heightZoom: 1.1 },
    ...{ horizontalFlip: true, verticalFlip: true, channelShift: -20.25, brightness: 0.92, contrast: 1.08 },
  };
  const augmentation = {
    ...{ ...AUGMENTATION_DEFAULTS, ...RECIPES.augmented, verticalFlip: true, fillMode: 'reflect' as const },
    ...{ channelShiftRange: 30, brightnessRange: 0.1, contrastRange: [0.9, 1.1] as const },
  };
  const pictures = [1, 2].map((pass) => ({ picture, pass, transform }));
  expectGolden('augment-sheet', drawAugmentSheet('cat.7.jpg', picture, pictures, { augmentation, seed: 3 }));
});
