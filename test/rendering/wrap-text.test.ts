import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textWidth } from '../../src/rendering/text.js';
import { wrapText } from '../../src/rendering/wrap-text.js';

test('lines are as long as they can be, and break between words alone', () => {
  const width = textWidth('one two', 2);
  expect(wrapText('one two three', width, 2)).toEqual(['one two', 'three']);
  expect(wrapText('one two three', width - 1, 2)).toEqual(['one', 'two', 'three']);
  expect(wrapText('one incomprehensibilities two', width, 2)).toEqual(['one', 'incomprehensibilities', 'two']);
});

test('a percent sign stays with its number', () => {
  expect(wrapText('on 99 % of dogs', textWidth('on 99', 2), 2)).toEqual(['on', '99 %', 'of', 'dogs']);
});

test('no word is lost, and no line of several words is too long', () => {
  const texts = fc.array(fc.stringMatching(/^[a-z0-9,;%]{1,12}$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 400 }), (words, width) => {
      const lines = wrapText(words.join(' '), width, 2);
      expect(lines.join(' ')).toBe(words.join(' '));
      expect(lines.every((line) => textWidth(line, 2) <= width || !/ (?!%)/.test(line))).toBe(true);
    }),
  );
});
