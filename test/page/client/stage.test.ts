// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import type { PageImage } from '../../../src/page/client/page-image.js';
import { putOnStage } from '../../../src/page/client/stage.js';

const section = document.createElement('section');
const image = { section } as PageImage;

beforeEach(() => {
  section.innerHTML = '<a href="#">link</a><div class="stage"></div>';
  document.body.replaceChildren(section);
});

/** A view with two buttons. */
function build(name: string): HTMLElement {
  const view = document.createElement('section');
  view.innerHTML = `<p>${name}</p><div><button>first ${name}</button><button>second ${name}</button></div>`;
  return view;
}

test('what had the focus has it in the view that takes the place of another', () => {
  putOnStage(image, build('of epoch 1'));
  section.querySelectorAll('button')[1]?.focus();
  putOnStage(image, build('of epoch 2'));
  expect(document.activeElement?.textContent).toBe('second of epoch 2');
  expect(section.querySelectorAll('.stage > *')).toHaveLength(1);
});

test('a focus elsewhere stays where it is, and where there is no like element it goes nowhere', () => {
  putOnStage(image, build('of epoch 1'));
  section.querySelector('a')?.focus();
  putOnStage(image, build('of epoch 2'));
  expect(document.activeElement?.textContent).toBe('link');
  section.querySelectorAll('button')[1]?.focus();
  putOnStage(image, document.createElement('section'));
  expect(section.contains(document.activeElement)).toBe(false);
});
