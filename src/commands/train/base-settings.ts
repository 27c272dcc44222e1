// What a base decides, and what cannot be asked for together with one.

import { formatAmount } from '../../base/counts.js';
import { badArgument, CnnvizError } from '../../base/errors.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { TRAIN_DEFAULTS, type TrainOptions } from './options.js';

/** Keras's rate for a new head. */
const headRate = 1e-3;
/** Of that; more would undo in a few steps what the base has learned, before the head has learned anything. */
const tuningShare = 0.1;

/** What holds for training on a base in place of the article's settings. */
export function baseDefaults({ base, trainable = 'none' }: TrainOptions): Partial<TrainOptions> {
  if (base === undefined) return {};
  return { learningRate: trainable === 'none' ? headRate : headRate * tuningShare, dropout: 0.2 };
}

/** Options of the article's network, which a base has in its place. */
export const ARCHITECTURE = ['filters', 'dense', 'denseDropout', 'batchNormalization', 'kernelInitializer'] as const;

/** @throws CnnvizError BAD_ARGUMENT for what contradicts a base */
export function requireFitForBase(settings: TrainOptions): void {
  if (settings.from !== undefined) {
    throw new CnnvizError('BAD_ARGUMENT', 'from and base cannot be combined: both are the network to start from', {
      options: ['from', 'base'],
    });
  }
  for (const name of ARCHITECTURE) {
    if (JSON.stringify(settings[name]) === JSON.stringify(TRAIN_DEFAULTS[name])) continue;
    const cause = settings.recipe === undefined ? '' : ` (recipe: ${settings.recipe})`;
    throw new CnnvizError('BAD_ARGUMENT', `${name} and base cannot be combined${cause}: the base has its own layers`, {
      options: [name, 'base'],
    });
  }
}

/** @throws CnnvizError BAD_ARGUMENT for augmentation of images that do not reach the base in three channels */
export function requireAugmentable({ channels }: Pick<Preprocessing, 'channels'>): void {
  if (channels === undefined) return;
  const message = `augmentation: the base takes images of ${formatAmount(channels, 'channel')}, and only those of three are changed`;
  throw new CnnvizError('BAD_ARGUMENT', message, { hint: 'Leave out the options of augmentation.' });
}

/** @throws CnnvizError BAD_ARGUMENT for an image size that is not the base's */
export function requireOwnSize(asked: number | undefined, { height, width }: { height: number; width: number }): void {
  if (asked === undefined || (asked === height && asked === width)) return;
  throw badArgument('imageSize', `${height} x ${width}, which is what the base takes`, asked, 'Leave it out.');
}
