// The network, drawn: the way to every layer of the image that is looked at.

import { find, findAll } from '../dom.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { createStrip, type Strip } from './strip.js';

/** Draws the network above what is looked at in an image, with that image's maps in it. Only one image has it at a time. */
export function openNetwork(page: Page): void {
  let drawn: { image: PageImage; strip: Strip } | undefined;
  page.router.onPlace((place) => {
    const image = page.imageAt(place);
    if (image !== drawn?.image) {
      if (drawn !== undefined) find(drawn.image.section, '.network').replaceChildren();
      drawn = image && { image, strip: createStrip(image, page) };
      if (drawn !== undefined) find(drawn.image.section, '.network').replaceChildren(drawn.strip.element);
    } else drawn?.strip.update();
    if (image === undefined) return;
    const [layer] = place.parts;
    for (const link of findAll(image.section, '.network a')) {
      const isCurrent = link.dataset.layer === layer;
      if (!isCurrent) link.removeAttribute('aria-current');
      else {
        link.setAttribute('aria-current', 'true');
        link.closest<HTMLElement>('.block')?.classList.add('unfolded');
        link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    }
  });
}
