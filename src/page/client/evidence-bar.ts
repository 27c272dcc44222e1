// The bar that says what the colors of evidence stand for.

import { formatNumber } from '../../base/numbers.js';
import type { EvidenceData } from '../image-data.js';
import { texts } from '../texts/en.js';
import { create } from './dom.js';
import { evidenceColorOf } from './paint-evidence.js';
import type { Ramps } from './ramp.js';

/** What the bar shows its colors over: between black and white. */
const barGray = 128;

/** The colors over a middle gray, and what the ends of the bar say of a class. */
export function drawEvidenceBar(
  place: HTMLElement,
  { limit, hasNegative }: Pick<EvidenceData, 'limit' | 'hasNegative'>,
  opacity: number,
  ramps: Ramps,
): void {
  const low = hasNegative ? -limit : 0;
  const [width, height] = [256, 16];
  const canvas = create('canvas', { className: 'ramp', width, height });
  canvas.setAttribute('aria-hidden', 'true');
  const picture = new ImageData(width, height);
  for (let x = 0; x < width; x++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = evidenceColorOf(
      low + ((limit - low) * x) / (width - 1),
      limit,
      ramps,
    );
    const share = (alpha / 255) * opacity;
    const mixed = [red, green, blue].map((part) => barGray + (part - barGray) * share);
    for (let y = 0; y < height; y++) picture.data.set([...mixed, 255], (y * width + x) * 4);
  }
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  const ends = [
    hasNegative ? texts.evidence.against(formatNumber(low)) : '0',
    ...(hasNegative ? ['0'] : []),
    texts.evidence.for(formatNumber(limit)),
  ];
  const labels = limit > 0 ? ends : ['0'];
  place.replaceChildren(
    canvas,
    create('div', { className: 'labels' }, ...labels.map((text) => create('span', {}, text))),
  );
}
