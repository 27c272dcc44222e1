// Words that stand on the page when it is written, in English: its script does without them, and is smaller for it.

import { formatAmount } from '../../base/counts.js';

export const written = {
  evidence: {
    even: (className: string, low: string, high: string) =>
      `Evidence for ${className} hardly differs from cell to cell (${low} to ${high}): no part of the image stands out.`,
  },
  training: {
    title: 'How it was trained',
    untrained: 'The network',
    run: 'run',
    file: 'file',
    weights: 'weights',
    weightsOfFile: 'from the file',
    parameters: 'parameters',
    curve: (metric: 'loss' | 'accuracy', epochCount: number, ends: { training?: string; validation?: string }) => {
      const words = Object.entries(ends).map(([name, value]) => `${name} ${value}`);
      return `${metric} after ${formatAmount(epochCount, 'epoch')}: ${words.join(', ')}`;
    },
    allOptions: (count: number) => `All ${formatAmount(count, 'option')}`,
  },
  channelReport: {
    title: (count: number) => `Over ${formatAmount(count, 'image')}`,
    lead: 'What every channel did on the images in',
    heads: [
      'layer',
      'values at 0 or below',
      'channels silent on an image',
      'dead',
      'nearly dead',
      'saturated',
      'best AUC',
    ],
  },
};
