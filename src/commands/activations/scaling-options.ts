// What numbers are scaled by when they become colors.

import { badArgument, CnnvizError } from '../../base/errors.js';
import { choice } from '../../options/kinds.js';
import { parseNumber } from '../../options/numbers.js';
import { defineKind, section, UnreadableText } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import { checkOptions } from '../../options/resolve.js';
import { type Normalization, normalizations, type Range } from '../../rendering/normalize.js';

export type ScaleScope = 'channel' | 'layer' | 'shared';

const SCALES: readonly ScaleScope[] = ['channel', 'layer', 'shared'];

const rangeOption = defineKind<readonly [low: number, high: number]>(() => ({
  parse: parseRange,
  check(name, value) {
    const [min, max, ...more] = Array.isArray(value) ? value : [];
    if (Number.isFinite(min) && Number.isFinite(max) && min < max && more.length === 0) return;
    throw badArgument(name, 'two numbers, the smaller one first', String(value));
  },
  schema: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
  placeholder: 'low,high',
}));

/** `-1,3`. @throws UnreadableText */
function parseRange(text: string): [number, number] {
  const [low, high, ...more] = text.split(',').map(parseNumber);
  if (low !== undefined && high !== undefined && more.length === 0) return [low, high];
  throw new UnreadableText('two numbers, such as -1,3');
}

export const SCALING_OPTIONS = section('Colors', {
  /** what has one scale: each channel, all channels of a layer, or a layer's channels on all images of the call */
  scale: choice(SCALES, {
    help: 'share one color scale per channel, per layer, or per layer across all images (default: "channel")',
    placeholder: 'scope',
  }),
  /**
   * a channel's own scale: around its mean, 2 standard deviations to either side, or from its smallest to its largest
   * value; layers are always scaled from smallest to largest, and `layer` says the same as `scale: 'layer'`
   */
  normalize: choice(normalizations, {
    help: 'how values map to colors (default: "zscore"); layer: same as --scale layer',
    placeholder: 'how',
  }),
  /** one scale for everything, from low to high; what lies outside takes the colors of the ends */
  range: rangeOption({ help: 'fixed color scale; values outside are clipped' }),
});

/** What numbers are scaled by when they become colors. */
export interface ScalingOptions extends OptionsOf<typeof SCALING_OPTIONS> {}

/** What a color bar says of a range that was given. */
export const fixedScaleCaption = 'fixed scale';

/** The options' one meaning: a way to scale, `shared`, or a fixed range. */
export type ResolvedScaling = Normalization | 'shared' | Range;

/** @throws CnnvizError BAD_ARGUMENT for unknown values and for options that contradict each other */
export function resolveScaling(options: ScalingOptions): ResolvedScaling {
  checkOptions(SCALING_OPTIONS, options);
  const { scale, normalize, range } = options;
  if (range !== undefined) {
    if (scale !== undefined) throw contradiction('range', 'scale');
    if (normalize !== undefined) throw contradiction('range', 'normalize');
    return { min: range[0], max: range[1] };
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
