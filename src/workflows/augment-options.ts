import { fillDefaults, requireInteger, requireOneOf, requireText } from '../arguments.js';
import {
  AUGMENTATION_DEFAULTS,
  type Augmentation,
  type AugmentationOptions,
  BOOK_AUGMENTATION,
  checkAugmentation,
  pickAugmentation,
} from '../dataset/augmentation.js';
import type { Interpolation } from '../dataset/preprocessing.js';
import type { WorkflowOptions } from './events.js';
import { TRAIN_DEFAULTS } from './train-options.js';

/** Those of a training that augments; without any, the book's augmentation is shown. */
export interface AugmentOptions extends AugmentationOptions, WorkflowOptions {
  /** an image file */
  image: string;
  /** how many augmented pictures */
  count?: number;
  /** uint32 */
  seed?: number;
  /** height and width of the network's input, pixels */
  imageSize?: number;
  interpolation?: Interpolation;
  /** turn the photograph as its EXIF orientation says */
  autoOrient?: boolean;
  /** results folder */
  out?: string;
}

const { seed, imageSize, interpolation, autoOrient } = TRAIN_DEFAULTS;
export const AUGMENT_DEFAULTS = {
  count: 11,
  out: 'augmented',
  seed,
  imageSize,
  interpolation,
  autoOrient,
} as const satisfies Partial<AugmentOptions>;

export interface AugmentSettings extends Required<Omit<AugmentOptions, keyof Augmentation | 'onEvent' | 'signal'>> {
  augmentation: Augmentation;
}

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function settleAugmentOptions(options: AugmentOptions): AugmentSettings {
  const settings = fillDefaults({ ...AUGMENT_DEFAULTS, ...AUGMENTATION_DEFAULTS }, options);
  requireText('image', settings.image, 'an image file');
  requireText('out', settings.out, 'a folder');
  requireInteger('count', settings.count, 1, 1000);
  requireInteger('seed', settings.seed, 0, 2 ** 32 - 1);
  requireInteger('imageSize', settings.imageSize, 1, 4096);
  requireOneOf('interpolation', settings.interpolation, ['nearest', 'bilinear', 'lanczos3']);
  checkAugmentation(settings);
  const { fillMode } = settings;
  return { ...settings, augmentation: pickAugmentation(settings) ?? { ...BOOK_AUGMENTATION, fillMode } };
}
