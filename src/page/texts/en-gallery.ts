// What the page says of all its images, in English.

import { formatAmount, formatCount } from '../../base/counts.js';
import { formatPercent } from '../../base/numbers.js';

export const gallery = {
  title: 'All images',
  none: 'No image matches.',

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

  verdict: (className: string, probability: number) => `${className}, ${formatPercent(probability)}`,
  right: 'right',
  wrong: (className: string) => `WRONG: the folder says ${className}`,
  /** below a small picture */
  wrongShort: (className: string) => `wrong, folder: ${className}`,
  inFull: 'with layers',

  matrixTitle: 'Confusion matrix',
  matrixLead: 'Choose a number to see those images.',
  corner: 'the folder says \\ predicted',
  cell: (count: number, truth: string, predicted: string) =>
    `${formatAmount(count, 'image')}: the folder says ${truth}, predicted ${predicted}`,
  confusionsTitle: 'The most frequent mistakes',
  confusion: (truth: string, predicted: string) => `${truth} predicted as ${predicted}`,

  filterTitle: 'Show',
  filters: { all: 'all', right: 'right', wrong: 'wrong', unsure: 'unsure (below 60 %)' },
  predicted: 'predicted',
  truth: 'the folder says',
  any: 'any class',
  sortTitle: 'Sort by',
  sorts: { surprise: 'surprise', confident: 'most confident', unsure: 'least confident', name: 'name' },
  showMaps: 'Evidence over the images',
  status: (shown: number, all: number) =>
    shown === all ? formatAmount(all, 'image') : `${formatCount(shown)} of ${formatAmount(all, 'image')}`,
  more: (count: number) => `Show ${formatCount(count)} more`,
  /** on paper, below the pictures */
  first: (shown: number, all: number) => `These are the first ${formatCount(shown)} of ${formatAmount(all, 'image')}.`,

  back: 'Back to the images',
  previous: 'Previous',
  next: 'Next',
  openFull: 'Show its layers',
  notInFull: (count: number) =>
    `Its layers are not on this page, which has those of ${formatAmount(count, 'image')}: name its file in "cnnviz report", or raise --full.`,
  mapOf: (className: string) => `Evidence for ${className}`,
  strongestCell: (x: number, y: number, width: number, height: number) =>
    `Strongest evidence: column ${x}, row ${y} of ${width} × ${height} cells, counted from 0.`,
  neighborsTitle: "Nearest neighbors in the network's last hidden layer, among these images",
  neighborsElsewhere: 'Those among the training images: "cnnviz neighbors".',
  labels:
    '"cnnviz evaluate --suspects" finds labels that are wrong rather than the network; "cnnviz evaluate --explain" finds what mistakes have in common.',
};
