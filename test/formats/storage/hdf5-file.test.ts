import fs from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { refuseAt } from '../../../src/formats/bad-model.js';
import { type Hdf5File, openHdf5 } from '../../../src/formats/storage/hdf5-file.js';

// Files of strangers, made with h5py: test/fixtures/scripts/networks.py.
const folder = fileURLToPath(new URL('../../fixtures/networks/hostile', import.meta.url));
const KERNEL = 'model_weights/conv2d/sequential/conv2d/kernel';

let file: Hdf5File | undefined;
afterEach(() => {
  file?.close();
  file = undefined;
  vi.restoreAllMocks();
});

async function readKernel(path: string) {
  file = await openHdf5(path, refuseAt(path));
  return file.readArray(KERNEL);
}

test.each<[string, RegExp]>([
  ['external-link', /is a link to "secret\.h5"$/],
  ['external-storage', /names another file, ".*secret\.bin", as a part of it$/],
  ['virtual', /lie in another file$/],
  ['soft-link', /is a link to "\/model_weights\/dense/],
  ['soft-link-cycle', /is a link to/],
  ['huge', /declare 1099511627776 numbers, more than the file holds$/],
  ['huge-packed', /declare 1099511627776 numbers, more than the file holds$/],
  ['lzf', /packed with the filter "lzf", which is not known$/],
  ['text', /are not numbers$/],
  ['ragged', /are not numbers$/],
  ['complex', /are not numbers$/],
  ['missing', /lacks the numbers/],
])('%s storage is refused, and nothing is printed', async (name, message) => {
  const printed = vi.spyOn(fs, 'writeSync');
  const opened = vi.spyOn(fs, 'openSync');
  await expect(readKernel(join(folder, `${name}.h5`))).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(message),
  });
  expect(printed).not.toHaveBeenCalled();
  expect(opened.mock.calls.map(([path]) => String(path)).filter((path) => path.includes('secret'))).toEqual([]);
});

test('the library does open what a file names, if it is let: the guard is what keeps it from that', async () => {
  const { default: library } = await import('h5wasm/node');
  await library.ready;
  const unguarded = new library.File(join(folder, 'external-link.h5'), 'r');
  expect(unguarded.get(KERNEL)).toHaveProperty('shape', [3, 3, 3, 4]);
  unguarded.close();
});

test.each(['packed', 'big-endian', 'float64'])('%s numbers are read', async (name) => {
  const expected = await readKernel(join(folder, '../article.h5'));
  file?.close();
  const found = await readKernel(join(folder, `${name}.h5`));
  expect(found.shape).toEqual([3, 3, 3, 4]);
  expect(Buffer.from(found.values.buffer).equals(Buffer.from(expected.values.buffer))).toBe(true);
});

test('a file that is cut short, or is nothing but a beginning, is refused without a word on stderr', async () => {
  const whole = fs.readFileSync(join(folder, '../article.h5'));
  const scratch = fs.mkdtempSync(join(process.env.TMPDIR ?? '/tmp', 'cnnviz-hdf5-'));
  const printed = vi.spyOn(fs, 'writeSync');
  try {
    for (const [name, bytes] of [
      ['half.h5', whole.subarray(0, whole.length / 2)],
      ['start.h5', whole.subarray(0, 8)],
      ['junk.h5', Buffer.concat([whole.subarray(0, 8), Buffer.alloc(4000, 0x5a)])],
    ] as const) {
      fs.writeFileSync(join(scratch, name), bytes);
      printed.mockClear();
      await expect(openHdf5(join(scratch, name), refuseAt(name))).rejects.toMatchObject({
        message: expect.stringMatching(/is an HDF5 file that is damaged \(.+\)$/),
        hint: expect.stringContaining('ended early'),
      });
      expect(printed).not.toHaveBeenCalled();
    }
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
});
