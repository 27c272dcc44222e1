import { expect, it } from 'vitest';
import { readPageAssets } from '../../src/page/assets.js';

it('the script of a page has at most 120 kB', async () => {
  const { script } = await readPageAssets();
  expect(Buffer.byteLength(script)).toBeLessThanOrEqual(120_000);
});
