import { expect, test } from 'vitest';
import { RecentReads } from '../../src/live/recent-reads.js';

/** Values of ten bytes, and which of them were read. */
function open(keptAtMost: number) {
  const kept = new RecentReads(keptAtMost);
  const read: string[] = [];
  const get = (key: string) =>
    kept.get(
      key,
      async () => {
        read.push(key);
        return key === 'none' ? undefined : key;
      },
      () => 10,
    );
  return { get, kept, reads: () => read.splice(0).join('') };
}

test('what is asked for by many at a time is read once', async () => {
  const { get, reads } = open(100);
  expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual(['a', 'a', 'b']);
  await get('a');
  expect(reads()).toBe('ab');
});

test('what was asked for longest ago is read again once there is more than may be kept', async () => {
  const { get, reads } = open(20);
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
  expect(reads()).toBe('abcb');
});

test('what is larger than all that may be kept is kept until the next such, beside the others', async () => {
  const kept = new RecentReads(9);
  const read: string[] = [];
  const get = (key: string) =>
    kept.get(
      key,
      async () => {
        read.push(key);
        return key;
      },
      (value) => (value === 'small' ? 9 : 10),
    );
  for (const key of ['small', 'large', 'small', 'large', 'small']) await get(key);
  expect(read.splice(0)).toEqual(['small', 'large']);
  for (const key of ['larger', 'larger', 'large', 'small']) await get(key);
  expect(read).toEqual(['larger', 'large']);
});

test('what is not there, or could not be read, is looked for again', async () => {
  const { get, kept, reads } = open(100);
  expect([await get('none'), await get('none')]).toEqual([undefined, undefined]);
  expect(reads()).toBe('nonenone');
  const fail = () =>
    kept.get(
      'x',
      () => Promise.reject(new Error('damaged')),
      () => 1,
    );
  await expect(fail()).rejects.toThrow('damaged');
  expect(await get('x')).toBe('x');
});
