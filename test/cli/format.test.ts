import { describe, expect, it } from 'vitest';
import { formatDuration, formatPath, formatShape, formatTable } from '../../src/cli/format.js';

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [840, '840 ms'],
    [8000, '8 s'],
    [12_340, '12.3 s'],
    [59_949, '59.9 s'],
    [59_960, '1:00'],
    [125_000, '2:05'],
    [3_725_000, '1:02:05'],
  ])('writes %d ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe('formatShape', () => {
  it.each([
    [[1, 150, 150, 3], '(1, 150, 150, 3)'],
    [[null, 512], '(None, 512)'],
    [[7], '(7,)'],
  ])('writes %j as Keras does: %s', (shape, text) => {
    expect(formatShape(shape)).toBe(text);
  });
});

describe('formatTable', () => {
  it('makes columns as wide as they must be, without trailing blanks', () => {
    expect(
      formatTable([
        ['a', 'long', 'x'],
        ['wide', 'b', ''],
      ]),
    ).toEqual(['a     long  x', 'wide  b']);
  });

  it('puts numbers at the right, and counts columns of the terminal: two for a Chinese character, none for an accent', () => {
    const rows = [
      ['class', 'images'],
      ['猫', '7'],
      ['кошка', '1,234'],
      ['cho\u0301', '12'],
      ['猫🐈', ''],
    ];
    expect(formatTable(rows, 1)).toEqual([
      'class  images',
      '猫          7',
      'кошка   1,234',
      'cho\u0301        12',
      '猫🐈',
    ]);
    expect(formatTable(rows.map((row) => row.toReversed()))).toEqual([
      'images  class',
      '7       猫',
      '1,234   кошка',
      '12      cho\u0301',
      '        猫🐈',
    ]);
  });
});

describe('formatPath', () => {
  it('is relative below the working folder and whole elsewhere', () => {
    expect([formatPath(`${process.cwd()}/runs/a`), formatPath('/elsewhere/b')]).toEqual(['runs/a', '/elsewhere/b']);
  });
});
