import { expect, it } from 'vitest';
import { formatSelection, parseSelection, selectEntries } from '../../../../src/page/client/gallery/selection.js';
import type { EntryData } from '../../../../src/page/gallery/gallery-data.js';

/** Two classes. @param second probability of the second */
const entry = (name: string, second: number, truth?: number): EntryData => ({
  name,
  predicted: second > 0.5 ? 1 : 0,
  ...(truth !== undefined && { truth }),
  probabilities:
    second > 0.5
      ? [
          [1, second],
          [0, 1 - second],
        ]
      : [
          [0, 1 - second],
          [1, second],
        ],
});

const entries = [
  entry('10.jpg', 0.9, 1),
  entry('9.jpg', 0.9, 0),
  entry('a.jpg', 0.3, 0),
  entry('b.jpg', 0.45, 1),
  entry('c.jpg', 0.7),
];

const select = (address: string) => selectEntries(entries, parseSelection(address)).map((at) => entries[at]?.name);

it.each([
  ['', ['9.jpg', 'b.jpg', 'a.jpg', 'c.jpg', '10.jpg']],
  ['wrong', ['9.jpg', 'b.jpg']],
  ['right', ['a.jpg', '10.jpg']],
  ['unsure', ['b.jpg']],
  ['0-1', ['9.jpg']],
  ['1-0', ['b.jpg']],
  ['0-', ['9.jpg', 'a.jpg']],
  ['-1', ['9.jpg', 'c.jpg', '10.jpg']],
  ['2-2', []],
  ['?name', ['9.jpg', '10.jpg', 'a.jpg', 'b.jpg', 'c.jpg']],
  ['?confident', ['10.jpg', '9.jpg', 'a.jpg', 'c.jpg', 'b.jpg']],
  ['wrong?unsure', ['b.jpg', '9.jpg']],
  ['nonsense?order', ['9.jpg', 'b.jpg', 'a.jpg', 'c.jpg', '10.jpg']],
])('shows at "%s" %j', (address, names) => {
  expect(select(address)).toEqual(names);
});

it.each(['', 'wrong', 'right?name', 'unsure', '0-1', '0-', '-1?confident', '?unsure'])(
  'writes "%s" as it is read',
  (address) => {
    expect(formatSelection(parseSelection(address))).toBe(address);
  },
);

it('takes a probability of 0 for the most surprising, however many there are', () => {
  const certain = [entry('a', 1, 0), entry('b', 1, 0), entry('c', 0.6, 0)];
  expect(selectEntries(certain, parseSelection(''))).toEqual([0, 1, 2]);
});
