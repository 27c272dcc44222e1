import { expect, test, vi } from 'vitest';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';

vi.mock('sharp', () => {
  throw new Error('Could not load the "sharp" module using the linux-x64 runtime');
});

test('no image is blamed for a decoder that is not installed', async () => {
  const decoding = decodeImage('test/fixtures/images/grey.jpg', {
    width: 4,
    height: 4,
    interpolation: 'nearest',
    autoOrient: false,
    rescale: 1,
  });
  await expect(decoding).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
    message: 'sharp, which decodes images, cannot be loaded',
    hint: expect.stringContaining('optional dependencies'),
  });
});
