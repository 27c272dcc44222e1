// The words of a training over its epochs, in English.

import { formatAmount, formatCount } from '../../base/counts.js';
import { formatNumber, formatPercent } from '../../base/numbers.js';
import type { RunState } from '../time/time-data.js';

const clock = (time: Date) => time.toTimeString().slice(0, 8);

/** How many epochs a training is of, however many are done. */
export const formatTotal = ({ done, epochs }: RunState) => formatCount(Math.max(done, epochs));

/** `3 of 8 epochs` */
function progress({ done, epochs }: RunState): string {
  return done >= epochs ? formatAmount(done, 'epoch') : `${formatCount(done)} of ${formatAmount(epochs, 'epoch')}`;
}

type Values = readonly (number | null)[];

/** `not a number in 3 of 49 cells`, or nothing */
function describeMissing(values: Values): string {
  const count = values.filter((value) => value === null).length;
  return count > 0 ? `not a number in ${count} of ${formatAmount(values.length, 'cell')}` : '';
}

/** `most for it in column 2, row 7 (0.12); most against it in column 3, row 1 (-0.05); counted from 0` */
function describeStrongest(values: Values, columns: number): string {
  const finite = values.filter((value) => value !== null);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const where = (value: number) => {
    const cell = values.indexOf(value);
    return `in column ${cell % columns}, row ${Math.floor(cell / columns)} (${formatNumber(value)})`;
  };
  const said = [
    ...(high > 0 ? [`most for it ${where(high)}`] : []),
    ...(low < 0 ? [`most against it ${where(low)}`] : []),
  ];
  const strongest = said.length > 0 ? [...said, 'counted from 0'] : finite.length > 0 ? ['none for or against it'] : [];
  return [describeMissing(values), ...strongest].filter(Boolean).join('; ');
}

export const timeTexts = {
  title: 'Epoch by epoch',
  status: {
    waiting: () => 'Training has begun; its first epoch is not done yet.',
    running: (run: RunState, seconds: number | undefined) =>
      `Training: ${progress(run)} done${seconds === undefined ? '' : `, ${Math.max(1, Math.round(seconds))} s each`}.`,
    finished: (run: RunState) => `Training has ended after ${progress(run)}.`,
    interrupted: (run: RunState) =>
      `Training was interrupted after ${progress(run)}. "cnnviz train --resume" continues it.`,
    diverged: (run: RunState) => `Training was stopped after ${progress(run)}: the loss was no longer a number.`,
    gone: (run: RunState) =>
      run.done === 0
        ? 'The process that trained has ended before its first epoch was saved.'
        : `The process that trained is gone; ${progress(run)} are saved. "cnnviz train --resume" continues it.`,
    hasReport: 'The run has a page with every layer: report.html.',
    lost: (since: Date) =>
      `No connection since ${clock(since)}: how the training goes is not known, and epochs that were not loaded cannot be shown. Connecting again; if the server has ended, "cnnviz serve RUN" serves them again.`,
    ended:
      'The server of this page has ended; epochs that were not loaded cannot be shown. "cnnviz serve RUN" serves them again.',
  },
  loss: 'Loss',
  accuracy: 'Accuracy',
  training: 'training',
  validation: 'validation',
  curve: (metric: string, ends: string) => `${metric} of each epoch: ${ends}`,
  last: (name: string, value: string) => `${name} ${value}`,
  none: 'no epoch yet',
  play: 'Play',
  pause: 'Pause',
  epoch: 'Epoch',
  at: (epoch: number, run: RunState) =>
    epoch === 0
      ? 'before the training'
      : `epoch ${formatCount(epoch)} of ${formatTotal(run)}${epoch === run.bestEpoch ? ', the best' : ''}`,
  metrics: (name: string, value: number) => `${name} ${value.toFixed(4)}`,
  scale: 'Colors from',
  scales: { channel: 'each channel', layer: 'each layer' },
  scaleSentence: {
    channel:
      'Dark is 0, bright is the largest value that a channel reaches in any epoch: a color means the same value in every epoch.',
    layer:
      'Dark is 0, bright is the largest value that the layer reaches in any epoch: a color means the same value in every epoch and channel.',
  },
  imageOf: (name: string) => `The image ${name} as the network gets it`,
  predicted: (className: string, probability: number) => `${className}, ${formatPercent(probability)}`,
  unknown: 'no prediction: the output is not a number',
  layer: (name: string, shown: number, all: number) =>
    shown < all ? `${name}: the ${shown} strongest of ${all} channels` : `${name}: ${formatAmount(all, 'channel')}`,
  mapsOf: (layer: string, image: string, when: string) => `The maps of ${layer} for ${image}, ${when}`,
  evidence: (layer: string) =>
    `Where the evidence lies (HiResCAM at ${layer}): what raises the score of a class. Of more than two classes the film keeps the most probable after each epoch. All epochs share one scale.`,
  evidenceOf: (className: string, image: string, when: string, values: Values, columns: number) =>
    `Evidence for ${className} in ${image}, ${when}: ${describeStrongest(values, columns)}`,
  zeroEvidence: '0 everywhere: no evidence for or against it',
  /** of one that is painted in red */
  missing: (values: Values | undefined) =>
    values === undefined ? 'no map: not among the most probable' : describeMissing(values),
  noEvidence: (reason: string | undefined) =>
    `No evidence is shown: ${reason ?? 'this film was recorded without it, by an earlier version of cnnviz'}.`,
  loading: 'loading',
  noProbe:
    'This run has no film of its layers. A training with --probe IMAGE, or with --live, keeps what every layer makes of an image after each epoch.',
  table: 'All epochs',
  columns: {
    epoch: 'epoch',
    loss: 'loss',
    accuracy: 'accuracy',
    validationLoss: 'validation loss',
    validationAccuracy: 'validation accuracy',
  },
};
