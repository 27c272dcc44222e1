// The augmentation options with all defaults filled in.

import { AUGMENTATION_DEFAULTS, type AugmentationOptions } from './augmentation-options.js';

export type { AugmentationOptions } from './augmentation-options.js';
export { type FactorRange, factorLimits } from './factor-range.js';

export type Augmentation = Required<AugmentationOptions>;

/** What is odd about an augmentation that is still possible, in words; undefined: nothing. */
export function describeOddRange({ rotationRange }: Pick<Augmentation, 'rotationRange'>): string | undefined {
  if (rotationRange <= 180) return undefined;
  return `a rotation range of ${rotationRange} degrees is a full turn and more: 180 in either direction reaches every angle`;
}

/** The augmentation asked for; undefined if images stay as they are. */
export function pickAugmentation(options: Augmentation): Augmentation | undefined {
  const names = Object.keys(AUGMENTATION_DEFAULTS) as (keyof Augmentation)[];
  const isAsked = names.some((name) => name !== 'fillMode' && options[name] !== AUGMENTATION_DEFAULTS[name]);
  if (!isAsked) return undefined;
  return Object.fromEntries(names.map((name) => [name, options[name]])) as unknown as Augmentation;
}
