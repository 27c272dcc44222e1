// On paper all images and layers lie open, as they do without a script.

import { create, findAll } from './dom.js';
import type { Page } from './page.js';

/** Before printing, puts the pictures on the page that are otherwise a text to the browser. */
export function openPaper({ images }: Page): void {
  addEventListener('beforeprint', () => {
    for (const image of images) image.open();
    for (const text of findAll(document, 'section.image noscript, section.gallery noscript')) {
      if (text.nextElementSibling?.classList.contains('paper') === true) continue;
      const paper = create('div', { className: 'paper' });
      // Written by the page's own templates, which escape whatever is put in.
      paper.innerHTML = text.textContent ?? '';
      text.after(paper);
    }
  });
}
