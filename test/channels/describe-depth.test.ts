import { expect, test } from 'vitest';
import { describeDepth } from '../../src/channels/describe-depth.js';
import { describeDiscrimination } from '../../src/channels/describe-discrimination.js';
import type { ChannelMetrics, LayerMetrics } from '../../src/channels/report.js';

const conv = (name: string, best: number) => layer(name, 'Conv2D', best);
const pool = (name: string, best: number) => layer(name, 'MaxPooling2D', best);
const dense = (name: string, best: number) => ({ ...layer(name, 'Dense', best), shape: [1, 8] });

function layer(name: string, kind: string, best: number): LayerMetrics {
  return { name, kind, shape: [1, 4, 4, 8], separation: { best, median: 0.5 } } as LayerMetrics;
}

test('the article\u2019s network: flat through the maps, one jump at the first dense layer, pooling apart', () => {
  const layers = [
    ...[conv('conv2d_1', 0.63), pool('max_pooling2d_1', 0.7), conv('conv2d_2', 0.64), pool('max_pooling2d_2', 0.66)],
    ...[dense('dense_1', 0.77), dense('dense_2', 0.79)],
  ];
  expect(describeDepth(layers)).toEqual([
    "AUC of a layer's best channel: flat through the convolutions (0.63 to 0.64), one jump at dense_1 (0.77).",
    'After pooling: max_pooling2d_1 0.70, max_pooling2d_2 0.66.',
  ]);
});

test.each<[string, LayerMetrics[]]>([
  ['rises through the convolutions (a 0.60, c 0.80)', [conv('a', 0.6), conv('b', 0.7), conv('c', 0.8)]],
  [
    'rises through the convolutions (a 0.60, c 0.80, though not at every layer)',
    [conv('a', 0.6), conv('b', 0.55), conv('c', 0.8)],
  ],
  ['falls through the convolutions (a 0.80, b 0.60)', [conv('a', 0.8), conv('b', 0.6)]],
  ['varies through the convolutions (a 0.60, c 0.61)', [conv('a', 0.6), conv('b', 0.9), conv('c', 0.61)]],
  ['a 0.60, jumps at b (0.70), c (0.80)', [conv('a', 0.6), dense('b', 0.7), dense('c', 0.8)]],
  ['a 0.60, no jump after them (b 0.62)', [conv('a', 0.6), dense('b', 0.62)]],
])('%s', (course, layers) => {
  expect(describeDepth(layers)).toEqual([`AUC of a layer's best channel: ${course}.`]);
});

test('of one layer there is no course', () => {
  expect(describeDepth([conv('a', 0.6), pool('b', 0.6)])).toEqual([]);
});

test('an effect size whose sign is not that of the AUC is explained', () => {
  const classes = ['cats', 'dogs'].map((className) => ({ className, imageCount: 500 }));
  const of = (auc: number, effectSize: number) =>
    describeDiscrimination(classes, { tells: 1, classes: [{}, { auc, effectSize }] } as unknown as ChannelMetrics);
  expect(of(0.6, 0.3)).toBe('responds more to dogs (AUC 0.60, effect size 0.30)');
  expect(of(0.6, -0.3)).toBe(
    'responds more to dogs (AUC 0.60, effect size \u22120.30, of the other sign: a few extreme images outweigh the rest)',
  );
  expect(of(0.4, -0.3)).toBe('responds less to dogs (AUC 0.40, effect size \u22120.30)');
});
