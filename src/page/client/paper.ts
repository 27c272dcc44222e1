// On paper stands what is shown on the screen, in light colors.

import { find } from './dom.js';
import { seeAll } from './when-seen.js';

/** Makes the view that is shown ready whenever it is printed. To be opened before any view, whose own preparations then see the light colors. */
export function openPaper(): void {
  const root = document.documentElement;
  let theme: string | undefined;
  addEventListener('beforeprint', () => {
    ({ theme } = root.dataset);
    root.dataset.theme = 'light';
    void seeAll(shownView());
  });
  addEventListener('afterprint', () => {
    if (theme === undefined) delete root.dataset.theme;
    else root.dataset.theme = theme;
  });
  const button = find<HTMLButtonElement>(document, 'button.print');
  // A browser prints at once, and leaves no time to what is not painted yet.
  button.addEventListener('click', async () => {
    await seeAll(shownView());
    print();
  });
  button.hidden = false;
}

function shownView(): Element {
  return document.querySelector('.view.current') ?? document.body;
}
