import { expect, test } from 'vitest';
import { chooseComparedLayers } from '../../../src/explain/benchmark/choose-layers.js';
import {
  type Assessment,
  assessMethods,
  chooseMethod,
  type MeasuredMethod,
} from '../../../src/explain/benchmark/verdict.js';

const around = (mean: number, spread = 0.05) => [-2, -1, 0, 1, 2].map((step) => mean + step * spread);

const method = (values: number[], other: Partial<MeasuredMethod> = {}): MeasuredMethod => ({
  values,
  controls: { random: around(0), gaussian: around(0.3), edges: around(0.1), mean: around(0.2) },
  redrawn: 0.1,
  cpu: 10,
  ...other,
});

const assessMethod = (measured: MeasuredMethod) => assessMethods([measured])[0] as Assessment;

test('a method is held against the strongest control, image by image', () => {
  const { strongest, difference, verdict } = assessMethod(method(around(0.4)));
  expect([strongest, verdict]).toEqual(['gaussian', 'trusted']);
  // the same spread on both sides: the paired difference has none
  expect(difference.low).toBeCloseTo(0.1, 10);
  expect(difference.high).toBeCloseTo(0.1, 10);
});

test.each([
  ['below the strongest control, above the others', method(around(0.25)), 'atChance'],
  ['above it by less than the interval', method([0.9, 0.1, 0.5, 0.2, 0.1]), 'atChance'],
  ['above it, but the same map with the last layers redrawn', method(around(0.4), { redrawn: 0.8 }), 'ignoresWeights'],
  ['below it, and the same map', method(around(0.2), { redrawn: 0.9 }), 'atChance'],
])('%s', (_, measured, verdict) => {
  expect(assessMethod(measured).verdict).toBe(verdict);
});

const assessed = (measured: MeasuredMethod) => ({ ...measured, ...assessMethod(measured) });

test('the cheapest of those that are not told apart from the best is chosen', () => {
  const best = method([0.6, 0.7, 0.8, 0.7, 0.65], { cpu: 50 });
  const equal = method([0.62, 0.66, 0.81, 0.69, 0.64], { cpu: 20 });
  const worse = method(around(0.45), { cpu: 1 });
  const untrusted = method(around(0.9), { redrawn: 1, cpu: 1 });
  expect(chooseMethod([worse, equal, untrusted, best].map(assessed))).toEqual({ best: 3, cheapest: 1 });
});

test('of methods that cost about the same the best is chosen, whatever the clock said', () => {
  const best = method([0.6, 0.7, 0.8, 0.7, 0.65], { cpu: 11 });
  const equal = method([0.62, 0.66, 0.81, 0.69, 0.64], { cpu: 10 });
  expect(chooseMethod([equal, best].map(assessed))).toEqual({ best: 1, cheapest: 1 });
});

test('a method that may be much worse is not taken for as good', () => {
  const best = method([0.6, 0.7, 0.8, 0.7, 0.65], { cpu: 50 });
  const unsure = method([0.9, 0.4, 0.9, 0.4, 0.5], {
    cpu: 1,
    controls: { random: [0, 0, 0, 0, 0], gaussian: [0, 0, 0, 0, 0], edges: [0, 0, 0, 0, 0], mean: [0, 0, 0, 0, 0] },
  });
  expect(chooseMethod([best, unsure].map(assessed))).toEqual({ best: 0, cheapest: 0 });
});

test('every control has to be beaten, not only that with the highest mean', () => {
  const controls = { random: [0, 0.5, 0, 0.5, 0.2], gaussian: around(0.3), edges: around(0.1), mean: around(0.2) };
  expect(assessMethod(method([0.4, 0.4, 0.38, 0.41, 0.39], { controls })).verdict).toBe('atChance');
});

test('where none is trusted none is chosen', () => {
  expect(chooseMethod([method(around(0.1)), method(around(0.9), { redrawn: 1 })].map(assessed))).toBeUndefined();
});

const layer = (name: string, kind: string, ...shape: number[]) => ({ name, kind, shape, field: null });

test('methods are compared at the last poolings with several positions, else at the last maps of each size', () => {
  const article = [
    layer('conv2d_1', 'Conv2D', 30, 30, 4),
    layer('max_pooling2d_1', 'MaxPooling2D', 15, 15, 4),
    layer('conv2d_2', 'Conv2D', 13, 13, 4),
    layer('max_pooling2d_2', 'MaxPooling2D', 6, 6, 4),
    layer('max_pooling2d_3', 'MaxPooling2D', 3, 3, 4),
    layer('max_pooling2d_4', 'MaxPooling2D', 1, 1, 4),
    layer('flatten', 'Flatten', 4),
  ];
  expect(chooseComparedLayers(article)).toEqual(['max_pooling2d_2', 'max_pooling2d_3']);
  const strided = [
    layer('a', 'Conv2D', 16, 16, 4),
    layer('b', 'Conv2D', 8, 8, 4),
    layer('c', 'Add', 8, 8, 4),
    layer('d', 'Conv2D', 4, 4, 4),
    layer('pool', 'GlobalAveragePooling2D', 4),
  ];
  expect(chooseComparedLayers(strided)).toEqual(['c', 'd']);
});

// SciPy: 2 * stats.t.sf(t, 4)
test('among many methods one has to be above the controls by more than chance among so many', () => {
  const zero = [0, 0, 0, 0, 0];
  const weak = method([0.1, 0.5, 0.2, 0.4, 0.3], {
    controls: { random: zero, gaussian: zero, edges: zero, mean: zero },
  });
  const alone = assessMethod(weak);
  expect([alone.verdict, alone.adjustedP]).toEqual(['trusted', expect.closeTo(0.0132356, 6)]);
  const strong = method([0.34, 0.36, 0.41, 0.48, 0.51]);
  const assessments = assessMethods([weak, strong, weak, weak, weak]);
  expect(assessments.map(({ verdict }) => verdict)).toEqual([
    'atChance',
    'trusted',
    'atChance',
    'atChance',
    'atChance',
  ]);
  expect(assessments[0]?.adjustedP).toBeCloseTo(4 * 0.0132356, 5);
});
