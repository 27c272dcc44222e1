// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { offerThemes } from '../../../src/page/client/theme.js';

const root = document.documentElement;

afterEach(() => {
  vi.unstubAllGlobals();
  delete root.dataset.theme;
});

/** A page on a system of that preference, which can change its mind. */
function open(prefersDark: boolean) {
  document.body.innerHTML = '<button class="theme" hidden>Dark</button>';
  const preference = Object.assign(new EventTarget(), { matches: prefersDark });
  const ask = vi.fn((_query: string) => preference);
  vi.stubGlobal('matchMedia', ask);
  offerThemes();
  const button = document.querySelector('button') as HTMLButtonElement;
  const turnSystem = (dark: boolean) => {
    preference.matches = dark;
    preference.dispatchEvent(new Event('change'));
  };
  return { ask, button, turnSystem, isPressed: () => button.getAttribute('aria-pressed') };
}

test.each([
  [true, 'true'],
  [false, 'false'],
])('the page is as the system wants it (dark: %s), and the button, now visible, says so', (prefersDark, pressed) => {
  const { ask, button, isPressed } = open(prefersDark);
  expect(ask).toHaveBeenCalledExactlyOnceWith('(prefers-color-scheme: dark)');
  expect([button.hidden, isPressed(), root.dataset.theme]).toEqual([false, pressed, undefined]);
});

test('while nothing is chosen, the button follows the system', () => {
  const { turnSystem, isPressed } = open(false);
  turnSystem(true);
  expect([isPressed(), root.dataset.theme]).toEqual(['true', undefined]);
});

test.each([
  [true, ['light', 'dark']],
  [false, ['dark', 'light']],
])('each click turns the page over, from what the system wants (dark: %s)', (prefersDark, themes) => {
  const { button, isPressed } = open(prefersDark);
  for (const theme of themes) {
    button.click();
    expect([root.dataset.theme, isPressed()]).toEqual([theme, String(theme === 'dark')]);
  }
});

test('what was chosen stays when the system changes', () => {
  const { button, turnSystem, isPressed } = open(false);
  button.click();
  turnSystem(true);
  turnSystem(false);
  expect([root.dataset.theme, isPressed()]).toEqual(['dark', 'true']);
});
