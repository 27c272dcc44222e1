import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { JpegSession } from '../../../src/backend/native/jpeg-session.js';
import { createRandom } from '../../../src/base/random.js';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';
import { type DecodeJpegs, JpegBatches } from '../../../src/dataset/decode/jpeg-batches.js';
import type { Preprocessing } from '../../../src/dataset/decode/preprocessing.js';
import { nativeTest } from '../../helpers/native.js';
import { temporaryFolder } from '../drawn-folder.js';
import { drawJpeg } from './drawn-jpegs.js';
import { writeJpeg } from './written-jpeg.js';

const FIXTURES = path.join(import.meta.dirname, '../../fixtures/images');
const COUNT = 1000;

const preprocessing: Preprocessing = {
  width: 23,
  height: 17,
  interpolation: 'nearest',
  autoOrient: false,
  rescale: 1,
};

const session = new JpegSession();
afterAll(() => session.dispose());

/** Native TensorFlow as a decoder, which counts what it has decoded. */
function openNative() {
  let count = 0;
  const batches = new JpegBatches((jpegs) => {
    const pixels = session.decode(jpegs);
    count += jpegs.length;
    return pixels;
  });
  return { batches, decodedCount: () => count };
}

/** Pixels, or the words of the error. */
async function outcome(decoding: Promise<Uint8Array>): Promise<string> {
  return decoding.then(
    (pixels) => Buffer.from(pixels).toString('base64'),
    (error: Error) => error.message,
  );
}

async function writeFiles(contents: readonly Buffer[]): Promise<string[]> {
  const folder = await temporaryFolder();
  return contents.map((content, index) => {
    const file = path.join(folder, `${index}.jpg`);
    writeFileSync(file, content);
    return file;
  });
}

/** Which files come out otherwise than from sharp. */
async function findDifferences(files: readonly string[], batches: JpegBatches, wanted: Preprocessing) {
  const found = await Promise.all(files.map((file) => outcome(batches.decode(file, wanted))));
  const expected = await Promise.all(files.map((file) => outcome(decodeImage(file, wanted))));
  return files.filter((_, index) => found[index] !== expected[index]);
}

nativeTest(
  `${COUNT} JPEGs, a third of them damaged, are the same from TensorFlow and sharp`,
  { timeout: 60_000 },
  async () => {
    const files = await writeFiles(await Promise.all(Array.from({ length: COUNT }, (_, index) => drawJpeg(index))));
    const { batches, decodedCount } = openNative();
    expect(await findDifferences(files, batches, preprocessing)).toEqual([]);
    // sharp decodes progressive ones, and explains what cannot be decoded
    expect(decodedCount()).toBeGreaterThan(COUNT * 0.7);
    expect(decodedCount()).toBeLessThan(COUNT * 0.9);
  },
);

nativeTest.each<[string, Partial<Preprocessing>, boolean]>([
  ['cut to the proportions', { fit: 'crop' }, true],
  ['cut to a wide box', { fit: 'crop', width: 60, height: 5 }, true],
  ['padded', { fit: 'pad' }, false],
  ['mixed by the bilinear filter', { interpolation: 'bilinear' }, false],
  ['at their own size, whatever the filter', { interpolation: 'lanczos3', width: 40, height: 30 }, true],
])('images %s', async (_, asked, isNative) => {
  const random = createRandom(2, 'sample');
  const contents = Array.from({ length: 3 }, () =>
    writeJpeg(
      {
        width: 40,
        height: 30,
        sampling: [
          [2, 2],
          [1, 1],
          [1, 1],
        ],
        restartInterval: 0,
      },
      random,
    ),
  );
  const { batches, decodedCount } = openNative();
  expect(await findDifferences(await writeFiles(contents), batches, { ...preprocessing, ...asked })).toEqual([]);
  expect(decodedCount()).toBe(isNative ? 3 : 0);
});

nativeTest('every other kind of image, as it is stored and turned', async () => {
  const files = readdirSync(FIXTURES).map((name) => path.join(FIXTURES, name));
  const { batches, decodedCount } = openNative();
  const asStored = await findDifferences(files, batches, preprocessing);
  const count = decodedCount();
  expect([...asStored, ...(await findDifferences(files, batches, { ...preprocessing, autoOrient: true }))]).toEqual([]);
  expect(count).toBe(8); // the JPEGs that are neither progressive nor CMYK, damaged.jpg too, which can be read
  expect(decodedCount() - count).toBe(5); // of them those that are stored upright
});

nativeTest.each([
  ['an Ultra HDR image', Buffer.from('http://ns.adobe.com/xap/1.0/\0<x hdrgm:Version="1.0"/>'), 0],
  ['an image with a place and a camera', Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0'), 1],
])('%s', async (_, content, nativeCount) => {
  const plain = writeJpeg({ width: 30, height: 20, sampling: [[1, 1]], restartInterval: 0 }, createRandom(6, 'sample'));
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, content.length + 2]), content]);
  const files = await writeFiles([Buffer.concat([plain.subarray(0, 2), segment, plain.subarray(2)])]);
  const { batches, decodedCount } = openNative();
  expect(await findDifferences(files, batches, { ...preprocessing, autoOrient: true })).toEqual([]);
  expect(decodedCount()).toBe(nativeCount);
});

const failing: DecodeJpegs = (jpegs) => {
  if (jpegs.some(({ bytes }) => bytes.includes('damaged'))) throw new Error('one of them cannot be decoded');
  return jpegs.map(({ rows, columns }) => new Uint8Array(rows.length * columns.length * 3).fill(77));
};

test('a file that fails costs the others of its batch nothing but a second try', async () => {
  const random = createRandom(3, 'sample');
  const sizes: number[] = [];
  const batches = new JpegBatches((jpegs) => {
    sizes.push(jpegs.length);
    return failing(jpegs);
  });
  const contents = Array.from({ length: 8 }, (_, index) => {
    const jpeg = writeJpeg({ width: 9, height: 9, sampling: [[1, 1]], restartInterval: 0 }, random);
    return index === 5 ? Buffer.concat([jpeg, Buffer.from('damaged')]) : jpeg;
  });
  const files = await writeFiles(contents);
  const decoded = await Promise.all(files.map((file) => batches.decode(file, preprocessing)));
  expect(sizes).toEqual([8, 4, 4, 2, 1, 1, 2]);
  expect(decoded.map((pixels) => pixels.every((value) => value === 77))).toEqual(files.map((_, index) => index !== 5));
  expect(decoded[5]).toEqual(await decodeImage(files[5] as string, preprocessing));
});

test('those who want to see an image at its own size see it, decoded whole', async () => {
  const seen: string[] = [];
  const [file = ''] = await writeFiles([
    writeJpeg({ width: 31, height: 20, sampling: [[1, 1]], restartInterval: 0 }, createRandom(4, 'sample')),
  ]);
  const batches = new JpegBatches(failing);
  const onRead = (bytes: Uint8Array) => seen.push(`${bytes.length} bytes`);
  const onDecoded = () => seen.push('decoded');
  const whole = await batches.decode(file, preprocessing, {
    ...{ onRead, onDecoded },
    look: ({ width, height }) => seen.push(`${width} x ${height}`),
  });
  const picked = await batches.decode(file, preprocessing, { onRead, onDecoded });
  const size = `${readFileSync(file).length} bytes`;
  expect(seen).toEqual([size, 'decoded', '31 x 20', size, 'decoded']);
  expect(whole).toEqual(await decodeImage(file, preprocessing));
  expect(picked).not.toEqual(whole);
});
