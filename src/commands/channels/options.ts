// Its options and defaults.

import type { LayerSelection } from '../../activations/select-layers.js';
import { fillDefaults, requireInteger, requireOneOf, requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { ModelOptions, OrientationOptions } from '../shared/model-options.js';
import { SPLIT_CHOICES, type SplitChoice } from '../shared/split-parts.js';

export interface ChannelsOptions extends ModelOptions, OrientationOptions, WorkflowOptions {
  /** folder of images, of class folders, or with train/, validation/ and test/ */
  data: string;
  /** as `evaluate` has it */
  split?: SplitChoice;
  /** the first N layers, layers by name, or "all"; default: every layer that does not just pass values on */
  layers?: LayerSelection;
  batchSize?: number;
  onBadImage?: 'skip' | 'fail';
  /** `3/8`: measure just every eighth image, from the third, and write what `mergeChannels` adds up */
  shard?: string;
  /** results folder, by default in the network's run; with `shard` a file */
  out?: string;
}

export const CHANNELS_DEFAULTS = {
  model: 'runs/latest',
  batchSize: 20,
  onBadImage: 'skip',
  backend: 'auto',
} as const satisfies Partial<ChannelsOptions>;

/** One part of the images: from 1. */
export interface Shard {
  index: number;
  count: number;
}

/** Options with every default in its place. */
export type ChannelsSettings = Omit<ChannelsOptions, 'shard'> &
  Required<Pick<ChannelsOptions, keyof typeof CHANNELS_DEFAULTS>> & { shard: Shard | undefined };

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function settleChannelsOptions(options: ChannelsOptions): ChannelsSettings {
  const settings = fillDefaults(CHANNELS_DEFAULTS, options);
  requireText('data', settings.data, 'a folder of images');
  if (settings.split !== undefined) requireOneOf('split', settings.split, SPLIT_CHOICES);
  if (typeof settings.layers === 'number') requireInteger('layers', settings.layers, 1);
  requireInteger('batchSize', settings.batchSize, 1);
  requireOneOf('onBadImage', settings.onBadImage, ['skip', 'fail']);
  requireOneOf('backend', settings.backend, ['auto', 'native', 'wasm', 'cpu']);
  if (settings.out !== undefined) requireText('out', settings.out, 'a folder');
  return { ...settings, shard: settings.shard === undefined ? undefined : parseShard(settings.shard) };
}

function parseShard(text: string): Shard {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count };
  throw badArgument('shard', 'i/n with i from 1 to n, such as 3/8', text);
}
