// A network that is somebody's base with a head of its own.

import type { tf } from '../../backend/tfjs/tensors.js';
import { badArgument } from '../../base/errors.js';
import { addHead, splitTransfer } from '../../network/transfer.js';
import { countTrainable } from './base-options.js';
import type { OpenedBase } from './open-base.js';
import type { TrainSettings } from './settings.js';

/** Puts a new head on a base. */
export function buildOnBase(
  { model, cut }: OpenedBase,
  { dropout, seed }: TrainSettings,
  classCount: number,
): tf.LayersModel {
  return addHead(model, { cut, classCount, dropout, seed });
}

/**
 * Freezes what is not to be trained. Batch normalization of a base always: see docs/transfer.md.
 *
 * @throws CnnvizError BAD_ARGUMENT where that leaves nothing of the base although something of it was asked for
 */
export function freezeBase(model: tf.LayersModel, { trainable = 'none' }: TrainSettings): void {
  const { base } = splitTransfer(model);
  const frozenCount = base.length - countTrainable(trainable, base.length);
  for (const [index, layer] of base.entries()) {
    layer.trainable = index >= frozenCount && layer.getClassName() !== 'BatchNormalization';
  }
  if (trainable === 'none' || base.some((layer) => layer.trainableWeights.length > 0)) return;
  const found = 'none there has weights but batch normalization, which stays as it is';
  throw badArgument('trainable', 'more layers of the base', `${trainable} (${found})`);
}
