import { expect, test } from 'vitest';
import { chooseLayers, hintAtLayers } from '../../../src/commands/groups/choose-layers.js';
import type { NetworkLayer } from '../../../src/engines/contract/engine.js';

function layer(name: string, kind: string, inputs: string[], more: Partial<NetworkLayer> = {}): NetworkLayer {
  const nothing = { parameterCount: 0, range: null, flattened: null, field: null, settings: {} };
  return { name, kind, inputs, shape: [4, 4, 8], ...nothing, ...more };
}

const relu = { settings: { activation: 'relu' } };

test('what a relu is the end of, and sums and poolings of that, is grouped by default', () => {
  const layers = [
    layer('first', 'Conv2D', [''], relu),
    layer('linear', 'BatchNormalization', ['first']),
    layer('relu', 'ReLU', ['linear']),
    layer('sum', 'Add', ['first', 'relu']),
    layer('pool', 'MaxPooling2D', ['sum']),
    layer('swish', 'Conv2D', ['pool'], { settings: { activation: 'swish' } }),
    layer('mixed', 'Add', ['sum', 'swish']),
    layer('gate', 'Conv2D', ['mixed'], { shape: [1, 1, 8], range: [0, 1] }),
  ];
  expect(chooseLayers({ layers }, undefined).map(({ name }) => name)).toEqual(['sum']);
  expect(hintAtLayers(layers)).toBe('Layers that end in a relu: first, relu, sum, pool, gate.');
});

test('where none ends in a relu, none is taken by default', () => {
  const layers = [
    layer('swish', 'Conv2D', [''], { settings: { activation: 'swish' } }),
    layer('add', 'Add', ['swish']),
  ];
  expect(() => chooseLayers({ layers }, undefined)).toThrow('the network has no layer with maps that ends in a relu');
  expect(hintAtLayers(layers)).toBe('This network has no layer that ends in a relu.');
});
