// A group of buttons of which one is chosen.

import { create } from './dom.js';

/** One of a few things to choose, as buttons in a row. */
export function createChoice<Value extends string>(
  title: string,
  group: string,
  titles: Partial<Record<Value, string>>,
  chosen: Value,
  choose: (value: Value) => void,
): HTMLFieldSetElement {
  const choices = (Object.keys(titles) as Value[]).map((value) => {
    const input = create('input', { type: 'radio', name: group, value, checked: value === chosen });
    input.addEventListener('change', () => choose(value));
    return create('label', {}, input, create('span', {}, titles[value] ?? ''));
  });
  return create('fieldset', { className: 'choice' }, create('legend', {}, title), ...choices);
}
