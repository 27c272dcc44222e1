// What the page says of evidence averaged over images, in English: words that no script reads, which would only make it larger.

import { formatAmount, formatCount } from '../../base/counts.js';

/** A row or column of a map's cells. */
export interface Line {
  isRow: boolean;
  index: number;
  lineCount: number;
}

/** The images that an average is of. */
export interface Averaged {
  imageCount: number;
  /** those predicted as its class; else all */
  isOfPredicted: boolean;
}

export const averages = {
  title: 'Average evidence',
  lead: 'Evidence averaged over images. The number in a cell: how many of them have their strongest evidence there.',
  oneScore:
    'The network has one score: what speaks for one class speaks against the other, in every image, whatever was predicted.',
  leftOut: (count: number) =>
    `Left out: ${formatAmount(count, 'image')} with a map of another size, or without a finite one.`,
  averageOf: (className: string, { isOfPredicted }: Averaged) =>
    isOfPredicted ? `${className}, where it was predicted` : `${className}, over all images`,
  noEvidence: (className: string, over: Averaged) =>
    `None of ${nameImages(className, over)} has evidence for ${className}.`,
  tooFew: (className: string, over: Averaged) =>
    `${nameImages(className, over)}: too few to say where the evidence mostly lies.`,
  /** `27 of 30 images have their strongest evidence for cats in the bottom row.` */
  strongest: (className: string, { inLine, over }: { inLine: number; over: Averaged }, line: Line) =>
    `${formatCount(inLine)} of ${nameImages(className, over)} ${inLine === 1 ? 'has its' : 'have their'} strongest evidence for ${className} in ${nameLine(line)}.`,
  placeCounts:
    'That is more than chance explains: so the place says more about the network, or how the images are framed, than about a single image.',
};

function nameImages(className: string, { imageCount, isOfPredicted }: Averaged): string {
  return `${formatAmount(imageCount, 'image')}${isOfPredicted ? ` predicted as ${className}` : ''}`;
}

function nameLine({ isRow, index, lineCount }: Line): string {
  const [first, last, noun, from] = isRow
    ? ['top', 'bottom', 'row', 'the top']
    : ['left', 'right', 'column', 'the left'];
  if (index === 0) return `the ${first} ${noun}`;
  return index === lineCount - 1
    ? `the ${last} ${noun}`
    : `${noun} ${index} of ${lineCount} (from ${from}, counted from 0)`;
}
