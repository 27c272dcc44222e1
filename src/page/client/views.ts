// Shows one view at a time, and in the navigation which.

import { findAll } from './dom.js';
import type { Page } from './page.js';

/** Views lie one below the other without a script; from here on the address chooses one. */
export function openViews({ router, images }: Page): void {
  document.documentElement.dataset.script = '';
  const views = findAll(document, 'section.view');
  const links = findAll(document, 'nav.views a');
  router.onPlace(({ view }, from) => {
    for (const each of views) each.classList.toggle('current', each.id === view);
    // All images that are shown one after the other have one entry: the first one's.
    const isImage = images.some(({ section }) => section.id === view);
    for (const link of links) {
      const target = link.getAttribute('href')?.slice(1);
      const isCurrent = target === view || (isImage && target === images[0]?.section.id);
      if (isCurrent) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (from !== undefined && from.view !== view) scrollTo(0, 0);
  });
}
