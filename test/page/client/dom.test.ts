// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { create, find, findAll, readData } from '../../../src/page/client/dom.js';

beforeEach(() => {
  document.body.innerHTML = `
    <section id="a"><p class="x">1</p><p class="x">2</p></section>
    <section id="b"><p class="x">3</p><script type="application/json" class="facts">{"mean":[0.5]}</script></section>`;
});

test('the first match is found, within the given part of the page alone', () => {
  expect(find(document, '.x').textContent).toBe('1');
  expect(find(find(document, '#b'), '.x').textContent).toBe('3');
});

test('what is missing is named', () => {
  expect(() => find(find(document, '#b'), '.y')).toThrow('no .y on this page');
});

test('all matches are found in the order of the page, and none is an empty list', () => {
  expect(findAll(document, '.x').map(({ textContent }) => textContent)).toEqual(['1', '2', '3']);
  expect(findAll(find(document, '#a'), '.x')).toHaveLength(2);
  expect(findAll(document, '.y')).toEqual([]);
});

test('data is read from the script of its class', () => {
  expect(readData(document, 'facts')).toEqual({ mean: [0.5] });
  expect(() => readData(find(document, '#a'), 'facts')).toThrow('no script.facts on this page');
});

test('a new element has its properties and children; a string stays text, whatever it looks like', () => {
  const element = create('p', { className: 'note' }, '<b>bold</b>', create('i', {}, 'and'), 'more');
  expect(element.outerHTML).toBe('<p class="note">&lt;b&gt;bold&lt;/b&gt;<i>and</i>more</p>');
  expect(create('canvas').childNodes).toHaveLength(0);
});
