import { expect, test } from 'vitest';
import { findNameGroups } from '../../../src/dataset/examine/name-groups.js';

/** Two classes, each with these names after a letter of its own. */
function find(names: readonly string[], both = true) {
  const all = [0, 1].flatMap((classIndex) =>
    classIndex === 0 || both
      ? names.map((name) => ({ classIndex, name: `${name.replace('X', 'ab'[classIndex] as string)}.png` }))
      : [],
  );
  return findNameGroups({
    count: all.length,
    nameOf: (index) => all[index]?.name as string,
    classOf: (index) => all[index]?.classIndex as number,
  });
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const product = (groups: number, each: number, name: (group: number, member: number) => string) =>
  range(groups).flatMap((group) => range(each).map((member) => name(group, member)));

test('frames of recordings are groups, and their pattern takes the number off', () => {
  const found = find(product(5, 6, (group, frame) => `X.${group}_frame${frame}`));
  expect(found).toMatchObject({
    by: 'frame',
    groupCount: 10,
    imageCount: 60,
    examples: ['a.0_frame0.png', 'a.0_frame1.png', 'a.0_frame2.png'],
  });
  expect(new RegExp(found?.groupBy as string, 'u').exec('cat.12_frame5.png')?.[1]).toBe('cat.12');
});

test('what is proposed groups as was found, in the spelling of the names', () => {
  const names = product(5, 6, (group, frame) => `dir/X${group}-FRAME ${frame}`);
  const groupBy = new RegExp(find(names.map((name) => name.slice(4)))?.groupBy as string, 'u');
  expect(groupBy.exec('a3-FRAME 12.JPG')?.[1]).toBe('a3');
  const numbered = find(product(4, 5, (group, member) => `rec${'abcd'[group]}.${member}`))?.groupBy as string;
  expect(new RegExp(numbered, 'u').exec('reca.17.png')?.[1]).toBe('reca');
});

test('images that are just numbered are no groups, in whatever spelling', () => {
  for (const name of ['X.', 'X', 'IMG_', 'X (', 'n0123_']) {
    expect(find(range(50).map((index) => `${name}${index}${name.endsWith('(') ? ')' : ''}`))).toBeUndefined();
  }
});

test('sub-folders of a class are groups, and numbers below several stems are', () => {
  expect(find(product(4, 5, (group, member) => `patient${group}/${member}`))).toMatchObject({
    by: 'folder',
    groupBy: 'folder',
  });
  expect(find(product(4, 5, (group, member) => `rec${'abcd'[group]}-${member}`))).toMatchObject({
    by: 'number',
    groupCount: 8,
  });
});

test('pairs, single names and a few groups among many images do not count', () => {
  expect(find(product(20, 2, (group, member) => `${group}_frame${member}`))).toBeUndefined();
  expect(find(range(30).map((index) => String.fromCodePoint(97 + index).repeat(3)))).toBeUndefined();
  expect(
    find([...product(2, 3, (group, member) => `z${group}_frame${member}`), ...range(80).map((at) => `X.${at}`)]),
  ).toBeUndefined();
});
