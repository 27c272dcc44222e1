import { requireOneOf } from '../../base/arguments.js';
import { badArgument, CnnvizError } from '../../base/errors.js';
import { type Normalization, normalizations, type Range } from '../../rendering/normalize.js';

/** What numbers are scaled by when they become colors. */
export interface ScalingOptions {
  /** what has one scale: each channel, all channels of a layer, or a layer's channels on all images of the call */
  scale?: ScaleScope;
  /**
   * a channel's own scale: around its mean, 2 standard deviations to either side, or from its smallest to its largest
   * value; layers are always scaled from smallest to largest, and `layer` says the same as `scale: 'layer'`
   */
  normalize?: Normalization;
  /** one scale for everything, from low to high; what lies outside takes the colors of the ends */
  range?: readonly [low: number, high: number];
}

export type ScaleScope = 'channel' | 'layer' | 'shared';

export const scaleScopes: readonly ScaleScope[] = ['channel', 'layer', 'shared'];

/** What a color bar says of a range that was given. */
export const fixedScaleCaption = 'fixed scale';

/** The options' one meaning: a way to scale, `shared`, or a fixed range. */
export type SettledScaling = Normalization | 'shared' | Range;

/** @throws CnnvizError BAD_ARGUMENT for unknown values and for options that contradict each other */
export function settleScaling({ scale, normalize, range }: ScalingOptions): SettledScaling {
  if (scale !== undefined) requireOneOf('scale', scale, scaleScopes);
  if (normalize !== undefined) requireOneOf('normalize', normalize, normalizations);
  if (range !== undefined) {
    if (scale !== undefined) throw contradiction('range', 'scale');
    if (normalize !== undefined) throw contradiction('range', 'normalize');
    const [min, max] = range;
    if (range.length === 2 && Number.isFinite(min) && Number.isFinite(max) && min < max) return { min, max };
    throw badArgument('range', 'two numbers, the smaller one first', range.join(','));
  }
  if (scale === 'layer' || scale === 'shared') {
    if (normalize === 'zscore' || (normalize === 'layer' && scale === 'shared')) {
      throw contradiction('scale', 'normalize', [scale, normalize]);
    }
    return scale;
  }
  if (scale === 'channel' && normalize === 'layer') throw contradiction('scale', 'normalize', [scale, normalize]);
  return normalize ?? 'zscore';
}

/** @param values of the two, where others would go together */
function contradiction(one: string, other: string, values: readonly string[] = []): CnnvizError {
  const [first, second] = [one, other].map((name, index) => [name, values[index]].join(' ').trim());
  return new CnnvizError('BAD_ARGUMENT', `${first} and ${second} cannot be combined: use one of them`, {
    options: [one, other],
  });
}
