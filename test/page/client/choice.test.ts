// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { createChoice } from '../../../src/page/client/choice.js';

const titles = { number: 'by number', mean: 'by mean', max: '' };

function open(choose: (value: keyof typeof titles) => void = () => {}) {
  const field = createChoice('Order', 'image-1-order', titles, 'mean', choose);
  return { field, inputs: [...field.querySelectorAll('input')] };
}

test('each value is a labeled radio button of one group below its title', () => {
  const { field, inputs } = open();
  expect([field.tagName, field.className]).toEqual(['FIELDSET', 'choice']);
  const parts = [...field.children].map(({ tagName, textContent }) => `${tagName} ${textContent}`);
  expect(parts).toEqual(['LEGEND Order', 'LABEL by number', 'LABEL by mean', 'LABEL ']);
  expect(inputs.map(({ type, name, value }) => [type, name, value])).toEqual([
    ['radio', 'image-1-order', 'number'],
    ['radio', 'image-1-order', 'mean'],
    ['radio', 'image-1-order', 'max'],
  ]);
  expect(inputs.every(({ parentElement }) => parentElement?.tagName === 'LABEL')).toBe(true);
});

test('the value that is in force is the one that is checked', () => {
  expect(open().inputs.map(({ checked }) => checked)).toEqual([false, true, false]);
});

test('a button that is chosen gives its value, once; building the choice gives none', () => {
  const choose = vi.fn();
  const { inputs } = open(choose);
  expect(choose).not.toHaveBeenCalled();
  for (const input of [inputs[2], inputs[0]]) input?.dispatchEvent(new Event('change'));
  expect(choose.mock.calls).toEqual([['max'], ['number']]);
});
