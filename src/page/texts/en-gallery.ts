// What the page says of all its images, in English.

import { formatAmount, formatCount } from '../../base/counts.js';
import { formatPercent } from '../../base/numbers.js';

export const gallery = {
  none: 'No image matches.',

  verdict: (className: string, probability: number) => `${className}, ${formatPercent(probability)}`,
  right: 'right',
  wrong: (className: string) => `WRONG: the folder says ${className}`,
  /** below a small picture */
  wrongShort: (className: string) => `wrong, folder: ${className}`,
  inFull: 'with layers',

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
};
