// What the page says of all its images when it is written, in English.

import { formatAmount, formatCount } from '../../base/counts.js';

export const writtenGallery = {
  title: 'All images',
  /** `300 images: 212 right, 88 wrong; 12 of them with their layers` */
  lead(counts: { all: number; right: number; wrong: number; full: number }): string {
    const { all, right, wrong, full } = counts;
    const checked = right + wrong > 0 ? `: ${formatCount(right)} right, ${formatCount(wrong)} wrong` : '';
    const inFull = full === all ? 'all with their layers' : `${formatCount(full)} of them with their layers`;
    return `${formatAmount(all, 'image')}${checked}; ${inFull}.`;
  },
  /** of a page of mistakes alone */
  evaluated: (mistakes: number, all: number, split: string | undefined) =>
    `The mistakes alone: ${formatCount(mistakes)} of ${formatAmount(all, split === undefined ? 'image' : `${split} image`)}.`,
  maps: (layerName: string) =>
    `Each map is HiResCAM at ${layerName}: what speaks for the predicted class in red, what speaks against it in blue, all on one scale.`,
  matrixTitle: 'Confusion matrix',
  matrixLead: 'Choose a number to see those images.',
  corner: 'the folder says \\ predicted',
  cell: (count: number, truth: string, predicted: string) =>
    `${formatAmount(count, 'image')}: the folder says ${truth}, predicted ${predicted}`,
  confusionsTitle: 'The most frequent mistakes',
  confusion: (truth: string, predicted: string) => `${truth} predicted as ${predicted}`,
  labels:
    '"cnnviz evaluate --suspects" finds labels that are wrong rather than the network; "cnnviz evaluate --explain" finds what mistakes have in common.',
};
