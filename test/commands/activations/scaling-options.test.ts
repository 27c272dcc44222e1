import { expect, test } from 'vitest';
import {
  type ResolvedScaling,
  resolveScaling,
  type ScalingOptions,
} from '../../../src/commands/activations/scaling-options.js';

test.each<[ScalingOptions, ResolvedScaling]>([
  [{}, 'zscore'],
  [{ scale: 'article' }, 'zscore'],
  [{ scale: 'strength' }, 'strength'],
  [{ scale: 'minmax' }, 'minmax'],
  [{ scale: [-1, 3] }, { min: -1, max: 3 }],
  [{ scale: 'article', normalize: 'zscore' }, 'zscore'],
  [{ scale: 'minmax', normalize: 'minmax' }, 'minmax'],
  [{ normalize: 'minmax' }, 'minmax'],
  [{ normalize: 'layer' }, 'layer'],
  [{ scale: 'channel' }, 'zscore'],
  [{ scale: 'channel', normalize: 'minmax' }, 'minmax'],
  [{ scale: 'layer' }, 'layer'],
  [{ scale: 'layer', normalize: 'minmax' }, 'layer'],
  [{ scale: 'layer', normalize: 'layer' }, 'layer'],
  [{ scale: 'shared' }, 'shared'],
  [{ scale: 'shared', normalize: 'minmax' }, 'shared'],
  [{ range: [-1, 3] }, { min: -1, max: 3 }],
])('%o means %o', (options, resolved) => {
  expect(resolveScaling(options)).toEqual(resolved);
});

test.each<[ScalingOptions, string]>([
  [{ scale: 'shared', normalize: 'zscore' }, 'scale shared and normalize zscore cannot be combined'],
  [{ scale: 'layer', normalize: 'zscore' }, 'scale layer and normalize zscore'],
  [{ scale: 'shared', normalize: 'layer' }, 'scale shared and normalize layer'],
  [{ scale: 'channel', normalize: 'layer' }, 'scale channel and normalize layer'],
  [{ scale: 'article', normalize: 'minmax' }, 'scale article and normalize minmax cannot be combined: use one of them'],
  [{ scale: 'strength', normalize: 'minmax' }, 'scale strength and normalize minmax'],
  [{ scale: [0, 1], normalize: 'minmax' }, 'scale and normalize'],
  [{ scale: [0, 1], range: [0, 1] }, 'range and scale'],
  [{ scale: [3, -1] }, 'scale: expected two numbers, the smaller one first'],
  [{ range: [0, 1], scale: 'layer' }, 'range and scale'],
  [{ range: [0, 1], normalize: 'minmax' }, 'range and normalize'],
  [{ range: [3, -1] }, 'the smaller one first'],
  [{ range: [1, 1] }, 'the smaller one first'],
  [{ range: [0, Number.NaN] }, 'the smaller one first'],
  [
    { scale: 'all' as 'layer' },
    'one of article, strength, minmax, layer, shared, or two numbers such as -1,3, received "all"',
  ],
])('%o is refused: %s', (options, text) => {
  expect(() => resolveScaling(options)).toThrow(
    expect.objectContaining({ code: 'BAD_ARGUMENT', message: expect.stringContaining(text) }),
  );
});
