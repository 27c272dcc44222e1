// How large a page will be, before anything is computed.

import { formatAmount, formatCount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';

/** In bytes. Browsers become slow before. */
const largestPage = 60_000_000;

/** What a page has by itself, and a small image, by its picture and its map; an image in full besides its maps, for each network. */
const bytes = { ofPage: 250_000, ofEntry: 3_500, ofPhotograph: 110_000 };

/** Of a value of a map, of a busy image: six bits that compress to half of them, in base 64; all eight with `exact`. */
const bytesOfValue = { short: 0.42, exact: 0.62 };

export interface PlannedPage {
  imageCount: number;
  /** of them in full */
  fullCount: number;
  /** that see those: the page's own network, and the one that it is compared with */
  networkCount: number;
  /** values of one image that the page holds, of all networks */
  valueCount: number;
  /** of what the page has once: kernels, pictures of channels, the training over time */
  sharedBytes: number;
  exact: boolean;
}

/** @returns the bytes that a page will have, roughly */
export function forecastPage(plan: PlannedPage): number {
  const { imageCount, fullCount, networkCount, valueCount, sharedBytes, exact } = plan;
  const ofImage = networkCount * bytes.ofPhotograph + valueCount * (exact ? bytesOfValue.exact : bytesOfValue.short);
  return bytes.ofPage + sharedBytes + fullCount * ofImage + (imageCount > 1 ? imageCount * bytes.ofEntry : 0);
}

/** @param byteCount foretold, or reached @throws CnnvizError BAD_ARGUMENT for a page that no browser would like */
export function requirePageSize(byteCount: number, { imageCount, fullCount }: PlannedPage): void {
  if (byteCount <= largestPage) return;
  const parts = fullCount < imageCount ? `, ${formatCount(fullCount)} of them in full,` : '';
  throw new CnnvizError(
    'BAD_ARGUMENT',
    `images: expected a page of at most ${inMegabytes(largestPage)}; ${formatAmount(imageCount, 'image')}${parts} would make about ${inMegabytes(byteCount)}`,
    { hint: 'Name fewer images, show fewer in full with --full, or fewer layers with --layers.' },
  );
}

/** `300 images, 12 of them in full: a page of about 9 MB` */
export function describePlan(byteCount: number, { imageCount, fullCount }: PlannedPage): string {
  return `${formatAmount(imageCount, 'image')}, ${formatCount(fullCount)} of them in full: a page of about ${inMegabytes(byteCount)}`;
}

function inMegabytes(count: number): string {
  return `${formatCount(Math.max(1, Math.round(count / 1e6)))} MB`;
}
