// The words of images over the epochs of a training, in English.

import { formatCount } from '../../base/counts.js';
import type { RunState } from '../time/time-data.js';
import { formatTotal } from './en-time.js';

export const film = {
  /** which epoch an image is shown after */
  shown: (epoch: number, run: RunState) =>
    epoch === 0
      ? 'Shown: the network before its training.'
      : `Shown: after epoch ${formatCount(epoch)} of ${formatTotal(run)}.`,
  scale: 'Each epoch has its own color scale here. In the Time view, all epochs share one.',
  loading: 'No maps of this epoch are loaded.',
  newest: (epoch: number) => `Go to the newest, epoch ${formatCount(epoch)}`,
  unreadable: 'The film has no maps of this epoch that can be read: its file is missing or damaged.',
  notKept: 'not in the film',
  notLoaded: 'not loaded',
  missing: (layer: string) =>
    `The film of this run does not keep ${layer}. A training with --probe IMAGE keeps every layer with maps; "cnnviz report IMAGE --model RUN --layers ${layer}" shows it with the saved weights (RUN: the folder of this run).`,
  unread: (layer: string) =>
    `The maps of ${layer} could not be read: there is no connection, or their file is damaged.`,
  more: 'A film keeps what the layers put out, each channel in 255 steps. The Time view shows where the evidence lies; a report of the saved weights shows contributions to the score, how a value is computed, patches and dreams: "cnnviz report IMAGE --model RUN" with the folder of this run as RUN.',
};
