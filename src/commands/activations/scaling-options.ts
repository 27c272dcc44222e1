// What numbers are scaled by when they become colors.

import { badArgument, CnnvizError } from '../../base/errors.js';
import { choice } from '../../options/kinds.js';
import { parseNumber } from '../../options/numbers.js';
import { defineKind, section, UnreadableText } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import { checkOptions } from '../../options/resolve.js';
import type { Normalization, Range } from '../../rendering/normalize.js';

/** `channel` is an earlier name of the default; `normalize` says what a channel's scale is then. */
export type ScaleName = 'article' | 'strength' | 'minmax' | 'layer' | 'shared' | 'channel';

const SCALES: readonly ScaleName[] = ['article', 'strength', 'minmax', 'layer', 'shared'];

type FixedScale = readonly [low: number, high: number];

const scaleOption = defineKind<ScaleName | FixedScale>(() => ({
  parse: (text) => (text.includes(',') ? parseRange(text) : (text as ScaleName)),
  check(name, value) {
    if (Array.isArray(value)) checkRange(name, value);
    else if (value !== 'channel' && !SCALES.includes(value as ScaleName)) {
      throw badArgument(name, `one of ${SCALES.join(', ')}, or two numbers such as -1,3`, value);
    }
  },
  schema: { anyOf: [{ enum: [...SCALES, 'channel'] }, { type: 'array', items: { type: 'number' } }] },
  placeholder: 'scale',
  completes: SCALES,
}));

const rangeOption = defineKind<FixedScale>(() => ({
  parse: parseRange,
  check: checkRange,
  schema: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
  placeholder: 'low,high',
}));

function checkRange(name: string, value: unknown): void {
  const [min, max, ...more] = Array.isArray(value) ? value : [];
  if (Number.isFinite(min) && Number.isFinite(max) && min < max && more.length === 0) return;
  throw badArgument(name, 'two numbers, the smaller one first', String(value));
}

/** `-1,3`. @throws UnreadableText */
function parseRange(text: string): [number, number] {
  const [low, high, ...more] = text.split(',').map(parseNumber);
  if (low !== undefined && high !== undefined && more.length === 0) return [low, high];
  throw new UnreadableText('two numbers, such as -1,3');
}

type OldNormalization = 'zscore' | 'minmax' | 'layer';

const OLD_NORMALIZATIONS: readonly OldNormalization[] = ['zscore', 'minmax', 'layer'];

export const SCALING_OPTIONS = section('Colors', {
  /**
   * how values map to colors. article: each channel by its own mean, 2 standard deviations to either side; strength: each channel
   * from 0 to its maximum, with a line below its tile for how that compares with the layer's (where the layer has values
   * below 0: as far below 0 as above it); minmax: each channel from its smallest to its largest value; layer: all channels of
   * a layer from the smallest to the largest; shared: the same over all images of the call; two numbers: from low to high,
   * and what lies outside takes the colors of the ends
   */
  scale: scaleOption({
    help: 'how values map to colors: "article" (the default), "strength", "minmax", "layer", "shared" or two numbers such as -1,3',
  }),
  /** the earlier name of scale: zscore is article; `scale: 'channel'` goes with it */
  normalize: choice(OLD_NORMALIZATIONS, {
    help: 'earlier name of --scale; zscore: same as --scale article',
    placeholder: 'how',
    hidden: true,
  }),
  /** the earlier name of a scale of two numbers */
  range: rangeOption({ help: 'earlier name of --scale LOW,HIGH', hidden: true }),
});

/** What numbers are scaled by when they become colors. */
export interface ScalingOptions extends OptionsOf<typeof SCALING_OPTIONS> {}

/** What a color bar says of a range that was given. */
export const fixedScaleCaption = 'fixed scale';

/** The options' one meaning: a way to scale, `shared`, or a fixed range. */
export type ResolvedScaling = Normalization | 'shared' | Range;

/** What `normalize` may say beside each scale: nothing that means another one. */
const AGREEING: Readonly<Record<ScaleName, readonly OldNormalization[]>> = {
  article: ['zscore'],
  strength: [],
  minmax: ['minmax'],
  layer: ['minmax', 'layer'],
  shared: ['minmax'],
  channel: ['zscore', 'minmax'],
};

/** @throws CnnvizError BAD_ARGUMENT for unknown values and for options that contradict each other */
export function resolveScaling(options: ScalingOptions): ResolvedScaling {
  checkOptions(SCALING_OPTIONS, options);
  const { scale, normalize, range } = options;
  if (range !== undefined) {
    if (scale !== undefined) throw contradiction('range', 'scale');
    if (normalize !== undefined) throw contradiction('range', 'normalize');
    return toRange(range);
  }
  if (scale === undefined) return normalize ?? 'zscore';
  if (typeof scale === 'object') {
    if (normalize !== undefined) throw contradiction('scale', 'normalize');
    return toRange(scale);
  }
  if (normalize !== undefined && !AGREEING[scale].includes(normalize)) {
    throw contradiction('scale', 'normalize', [scale, normalize]);
  }
  if (scale === 'channel') return normalize ?? 'zscore';
  return scale === 'article' ? 'zscore' : scale;
}

function toRange([min, max]: FixedScale): Range {
  return { min, max };
}

/** @param values of the two, where others would go together */
function contradiction(one: string, other: string, values: readonly string[] = []): CnnvizError {
  const [first, second] = [one, other].map((name, index) => [name, values[index]].join(' ').trim());
  return new CnnvizError('BAD_ARGUMENT', `${first} and ${second} cannot be combined: use one of them`, {
    options: [one, other],
  });
}
