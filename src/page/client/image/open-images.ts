// The views of single images: whole, or as the frame of what is looked at in them.

import { texts } from '../../texts/en.js';
import { addressOf, isSamePlace } from '../address.js';
import { create, find } from '../dom.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { showEvidence } from './evidence.js';

/**
 * Shows an image: whole at its own address, and small above what is looked at in it (a layer, a channel, the score) at an address
 * further in. That is put into the section's `stage` by others; it is emptied here at each place.
 */
export function openImages({ images, ramps, router, imageAt }: Page): void {
  const opened = new Set<PageImage>();
  router.onPlace((place, from) => {
    const image = imageAt(place);
    if (image === undefined) return;
    image.open();
    image.section.dataset.depth = String(place.parts.length);
    // What is shown once more stays until it is there.
    if (from === undefined || !isSamePlace(place, from)) find(image.section, '.stage').replaceChildren();
    if (!opened.has(image)) {
      opened.add(image);
      if (images.length > 1) linkNeighbors(image, images);
    }
    const evidence = image.section.querySelector<HTMLElement>('section.evidence:has(.class-maps)');
    if (place.parts.length === 0 && evidence !== null && evidence.dataset.shown === undefined) {
      evidence.dataset.shown = '';
      showEvidence(evidence, image.photograph, ramps);
    }
    const name = find(image.section, '.name bdi');
    const link = create('a', { href: addressOf(image.section.id), title: texts.image.whole }, image.data.name);
    name.replaceChildren(place.parts.length === 0 ? image.data.name : link);
  });
}

/** The images before and after, in the head. */
function linkNeighbors({ number, section }: PageImage, images: readonly PageImage[]): void {
  const at = (index: number) => images[(index + images.length) % images.length]?.section.id ?? '';
  const link = (id: string, text: string, label: string) => {
    const element = create('a', { href: addressOf(id) }, text);
    element.setAttribute('aria-label', label);
    return element;
  };
  find(section, '.verdict').prepend(
    create(
      'p',
      { className: 'neighbors' },
      link(at(number - 2), '‹', texts.image.previous),
      ` ${number} / ${images.length} `,
      link(at(number), '›', texts.image.next),
    ),
  );
}
