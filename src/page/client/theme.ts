// Dark and light.

import { find } from './dom.js';

/** Lets the reader turn to dark or light; until then the page is as the system wants it. */
export function offerThemes(): void {
  const button = find<HTMLButtonElement>(document, 'button.theme');
  const preference = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (preference.matches ? 'dark' : 'light')) === 'dark';
  const show = () => button.setAttribute('aria-pressed', String(isDark()));
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    show();
  });
  preference.addEventListener('change', show);
  button.hidden = false;
  show();
}
