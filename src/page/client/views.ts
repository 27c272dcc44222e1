// Shows one view at a time, and in the navigation and the title which.

import { texts } from '../texts/en.js';
import { create, find, findAll } from './dom.js';
import type { Page } from './page.js';
import { titleOf } from './title.js';

/** Views lie one below the other without a script; from here on the address chooses one. */
export function openViews(page: Page): void {
  const { router, images } = page;
  const main = find(document, '#content');
  skipTo(main);
  const notice = create('p', { className: 'notice missed', hidden: true });
  notice.setAttribute('role', 'status');
  main.prepend(notice);
  document.documentElement.dataset.script = '';
  const views = findAll(document, 'section.view');
  const links = findAll(document, 'nav.views a');
  router.onPlace(({ view, missed }, from) => {
    for (const each of views) each.classList.toggle('current', each.id === view);
    // All images that are shown one after the other have one entry: the first one's.
    const isImage = images.some(({ section }) => section.id === view);
    for (const link of links) {
      const target = link.getAttribute('href')?.slice(1);
      const isCurrent = target === view || (isImage && target === images[0]?.section.id);
      if (isCurrent) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    notice.hidden = missed === undefined;
    notice.textContent = missed === undefined ? '' : texts.page.missed(missed);
    if (from !== undefined && from.view !== view) scrollTo(0, 0);
  });
}

/** Names each place in the title, for the browser's history and its tabs. To be opened after the views, whose headings it reads. */
export function openTitles(page: Page): void {
  const whole = document.title;
  page.router.onPlace((place) => {
    document.title = titleOf(place, page, whole);
  });
}

/** Leads past the navigation, and leaves the address as it is: that is the place which is shown. */
function skipTo(main: HTMLElement): void {
  find(document, 'a.skip').addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
    main.scrollIntoView();
  });
}
