import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';
import type { Interpolation } from '../../../src/dataset/decode/preprocessing.js';
import { findDuplicates } from '../../../src/dataset/examine/duplicates.js';
import { fingerprintImage } from '../../../src/dataset/examine/fingerprint.js';
import { FingerprintTable } from '../../../src/dataset/examine/fingerprint-table.js';
import { listImageFiles } from '../../../src/dataset/folder/image-files.js';
import { scanImageFolder } from '../../../src/dataset/folder/scan.js';
import { testUnless } from '../../helpers/skip.js';

const ROOT = path.join(import.meta.dirname, '../../..');
const PHOTOGRAPHS = process.env.CNNVIZ_PHOTOS ?? path.join(ROOT, '../shared/data/cats_and_dogs_small');
const PYTHON = process.env.CNNVIZ_PYTHON ?? 'python3';
const SCRIPT = path.join(ROOT, 'test/fixtures/scripts/pillow_pixels.py');
const IMAGE_BYTES = 150 * 150 * 3;

/** How many are compared: every `n`th of the folder. */
const COUNT = 120;

const withoutPhotographs = existsSync(PHOTOGRAPHS) ? undefined : 'no photographs; CNNVIZ_PHOTOS names their folder';

testUnless(withoutPhotographs ?? findMissingPillow()).each<Interpolation>(['nearest', 'bilinear', 'lanczos3'])(
  "real photographs have Pillow's bytes, resized by %s",
  async (interpolation) => {
    const folder = await scanImageFolder(PHOTOGRAPHS);
    const all = Object.values(folder.splits).flat();
    const stride = Math.max(1, Math.floor(all.length / COUNT));
    const paths = all.filter((_, index) => index % stride === 0).map((file) => file.path);
    const wanted = execFileSync(PYTHON, [SCRIPT, interpolation], {
      input: paths.join('\n'),
      maxBuffer: paths.length * IMAGE_BYTES + 1,
    });
    const preprocessing = { width: 150, height: 150, interpolation, autoOrient: false, rescale: 1 };
    const decoded = await Promise.all(paths.map((file) => decodeImage(file, preprocessing)));
    const unequal = paths.filter((_, index) => {
      const pixels = decoded[index] as Uint8Array;
      return Buffer.compare(pixels, wanted.subarray(index * IMAGE_BYTES, (index + 1) * IMAGE_BYTES)) !== 0;
    });
    expect(paths.length).toBeGreaterThanOrEqual(Math.min(COUNT, all.length));
    expect(unequal).toEqual([]);
  },
);

function findMissingPillow(): string | undefined {
  const pillow = spawnSync(PYTHON, ['-c', 'import PIL']);
  return pillow.status === 0 ? undefined : "Pillow's bytes: no Python with Pillow; CNNVIZ_PYTHON names one";
}

testUnless(withoutPhotographs)(
  'of a hundred dogs one picture is there twice, and no other two are taken for one',
  async () => {
    const { images } = await listImageFiles(path.join(PHOTOGRAPHS, 'train/dogs'));
    const some = images.filter((image, index) => index % 10 === 0 || /dog\.(74|180)\.jpg$/.test(image));
    const table = new FingerprintTable(some.length);
    await Promise.all(some.map(async (image, index) => table.set(index, await fingerprintImage(image))));
    const groups = await findDuplicates(table);
    const members = ['dog.180.jpg', 'dog.74.jpg'].map((name) => indexOf(some, name));
    expect(groups).toEqual([{ members, distance: expect.any(Number), identical: false }]);
    expect(groups[0]?.distance).toBeLessThan(24);
  },
);

function indexOf(images: string[], name: string): number {
  return images.findIndex((image) => path.basename(image) === name);
}
