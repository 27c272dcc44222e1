import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findDuplicates as findInTable } from '../../../src/dataset/examine/duplicates.js';
import type { Fingerprint } from '../../../src/dataset/examine/fingerprint-table.js';
import { FingerprintTable } from '../../../src/dataset/examine/fingerprint-table.js';

/** A picture whose hash has its first `ones` bits set. */
function picture(name: string, ones: number | undefined): Fingerprint {
  const content = new Uint32Array(createHash('md5').update(name).digest().buffer.slice(0, 16));
  if (ones === undefined) return { content, perceptual: undefined };
  const perceptual = new Uint32Array(8);
  for (let bit = 0; bit < ones; bit++) perceptual[bit >>> 5] = (perceptual[bit >>> 5] as number) | (1 << (bit & 31));
  return { content, perceptual };
}

function tableOf(pictures: readonly (Fingerprint | undefined)[]): FingerprintTable {
  const table = new FingerprintTable(pictures.length);
  pictures.forEach((fingerprint, index) => {
    if (fingerprint !== undefined) table.set(index, fingerprint);
  });
  return table;
}

const findDuplicates = (pictures: readonly (Fingerprint | undefined)[], signal?: AbortSignal) =>
  findInTable(tableOf(pictures), signal);

test('files with the same bytes are one group, whatever they show', async () => {
  const pictures = [picture('a', undefined), picture('b', 0), picture('a', undefined), picture('c', undefined)];
  expect(await findDuplicates(pictures)).toEqual([{ members: [0, 2], distance: 0, identical: true }]);
});

test('48 bits apart is the same picture, 50 is another', async () => {
  expect(await findDuplicates([picture('a', 0), picture('b', 48)])).toEqual([
    { members: [0, 1], distance: 48, identical: false },
  ]);
  expect(await findDuplicates([picture('a', 0), picture('b', 50)])).toEqual([]);
});

test('what looks like one of a group belongs to it, and copies with it', async () => {
  const pictures = [picture('a', 0), picture('x', 200), picture('b', 80), picture('c', 40), picture('b', 80)];
  expect(await findDuplicates(pictures)).toEqual([{ members: [0, 2, 3, 4], distance: 40, identical: false }]);
});

test('many comparisons can be interrupted', async () => {
  const pictures = Array.from({ length: 300 }, (_, index) => picture(String(index), index % 200));
  const controller = new AbortController();
  const finding = findDuplicates(pictures, controller.signal);
  controller.abort(new Error('enough'));
  await expect(finding).rejects.toThrow('enough');
});
