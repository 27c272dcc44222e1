// What the score of an image is the sum of: `#image-3/score`.

import type { Page } from '../page.js';

/** Marks the image whose score is looked at; the style sheet shows it then, and nothing else of the image but its head. */
export function openScores({ router, imageAt }: Page): void {
  router.onPlace((place) => {
    const image = imageAt(place);
    const score = image?.section.querySelector<HTMLElement>('section.score');
    if (image === undefined || score == null) return;
    const isHere = place.parts[0] === 'score' && place.parts.length === 1;
    score.classList.toggle('current', isHere);
  });
}
