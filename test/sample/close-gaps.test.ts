import { expect, test } from 'vitest';
import { closeGaps, type PictureMask } from '../../src/sample/close-gaps.js';

const read = (...rows: string[]): PictureMask => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  values: Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 255 : 0)),
});
const turn = (rows: string[]) => Array.from(rows[0] ?? '', (_, x) => rows.map((row) => row[x]).join(''));

test.each([
  ['a gap of twice the radius', '.....##....##.....', '.....########.....'],
  ['a wider one stays', '.....##.....##....', '.....##.....##....'],
  ['nothing grows at the edges', '#......##.....#...', '#......##.....#...'],
  ['beside an edge no gap is closed', '..#.....#.', '..#.....#.'],
])('%s, in rows and in columns', (_, line, expected) => {
  expect(closeGaps(read(line), 2)).toEqual(read(expected));
  expect(closeGaps(read(...turn([line])), 2)).toEqual(read(...turn([expected])));
});

test('a gray gap takes the lower of the values beside it', () => {
  const line = (...values: number[]): PictureMask => ({ width: 5, height: 1, values: Uint8Array.from(values) });
  expect(closeGaps(line(0, 90, 20, 255, 0), 1)).toEqual(line(0, 90, 90, 255, 0));
});
