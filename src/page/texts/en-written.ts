// Words that stand on the page when it is written, in English: its script does without them, and is smaller for it.

import { formatAmount, formatCount } from '../../base/counts.js';
import { score } from './en-score.js';
import { writtenGallery } from './en-written-gallery.js';

interface Size {
  width: number;
  height: number;
}

export const written = {
  layer: {
    pooled: (name: string) =>
      `Its maps are those of ${name}, reduced to the largest value of each window: with JavaScript the page computes them.`,
  },
  network: {
    preprocessing: {
      stretch: ({ width, height }: Size) => `stretched to ${width} × ${height} pixels`,
      crop: ({ width, height }: Size) => `its center, ${width} × ${height} pixels`,
      pad: ({ width, height }: Size) => `with black bars, ${width} × ${height} pixels`,
    },
  },
  gallery: writtenGallery,
  score,
  time: {
    thinned: (shown: number, all: number) =>
      `${formatCount(shown)} of ${formatAmount(all, 'epoch')} are shown: more would make the page too large.`,
    noScript: 'The maps of each epoch need JavaScript, which is turned off.',
  },
  compare: {
    title: 'Compare',
    noScript: 'Comparing needs JavaScript, which is turned off.',
  },
  image: {
    photograph: (name: string, prediction: string) => `${name}: ${prediction}`,
    layers: 'What the layers see',
    layersLead:
      "From the first layer to the last. Every channel shows where in the image it responds. Colors range from each channel's minimum, the darkest, to its maximum, the brightest.",
    isRight: 'right',
    isWrong: (trueClass: string) => `WRONG: the folder says ${trueClass}`,
    isTied: (trueClass: string) => `undecided: the folder says ${trueClass}`,
  },
  views: {
    image: 'Image',
    images: 'One by one',
    all: 'All images',
    compare: 'Compare',
    time: 'Time',
    training: 'Training',
  },
  page: {
    language: 'en',
    kind: 'report',
    skip: 'Skip to content',
    darkColors: 'Dark colors',
    print: 'Print what is shown',
    views: 'Views',
    images: (count: number) => formatAmount(count, 'image'),
    noScript: 'Single channels, evidence over the image and other scales need JavaScript, which is turned off.',
  },
  evidence: {
    title: 'Where the evidence lies',
    at: 'at',
    lead: 'what in the image raises the score of each class. All maps share one scale.',
    fade: 'Fade',
    noScript: 'Without JavaScript the maps lie beside the image: each frame has its outline.',
    about: (probability: string, score: string, role: string | undefined) =>
      `${probability}, score ${score}${role === undefined ? '' : `, ${role}`}`,
    mapOf: (className: string, sentence: string | undefined) =>
      `Evidence for ${className}${sentence === undefined ? '' : `. ${sentence}`}`,
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
