import { expect, test } from 'vitest';
import type { LayerRule } from '../../../src/base/layer-rule.js';
import { findScoringLayer } from '../../../src/commands/report/find-scoring-layer.js';
import type { LayerComputation } from '../../../src/network/computation.js';

const kernel = { shape: [4, 3], values: new Float32Array(12) };

/** A chain of layers, each after the one before. */
function chain(...rules: LayerRule[]): LayerComputation[] {
  return rules.map((rule, index) => ({
    ...{ name: `layer ${index}`, rule, inputs: [index === 0 ? '' : `layer ${index - 1}`] },
    weights: rule.type === 'dense' ? { kernel } : {},
  }));
}

const dense = (name: string): LayerRule => ({ type: 'dense', activation: { name } });
const activation = (name: string): LayerRule => ({ type: 'activation', activation: { name } });
const find = (layers: LayerComputation[]) => findScoringLayer(layers, layers.at(-1)?.name);

test('a dense layer with its own activation', () => {
  expect(find(chain({ type: 'flatten' }, dense('sigmoid')))).toEqual({
    layer: 'layer 1',
    before: 'layer 0',
    link: 'sigmoid',
    kernel,
  });
});

test('one whose activation is a layer of its own, with a Reshape between', () => {
  expect(find(chain({ type: 'flatten' }, dense('linear'), { type: 'flatten' }, activation('softmax')))).toMatchObject({
    layer: 'layer 1',
    link: 'softmax',
  });
});

test('scores that become no probabilities', () => {
  expect(find(chain({ type: 'flatten' }, dense('linear')))?.link).toBeNull();
});

test.each([
  ['another activation', chain({ type: 'flatten' }, dense('tanh'))],
  ['two activations', chain({ type: 'flatten' }, dense('relu'), activation('softmax'))],
  ['no dense layer', chain({ type: 'global-pooling', by: 'average' }, activation('softmax'))],
  ['no layers', []],
])('%s: there is none', (_, layers) => expect(find(layers)).toBeUndefined());
