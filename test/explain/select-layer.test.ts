import { expect, test } from 'vitest';
import { selectSpatialLayer } from '../../src/explain/select-layer.js';

const layers = [
  { name: 'a', shape: [8, 8, 4], field: null },
  { name: 'b', shape: [1, 2, 4], field: null },
  { name: 'pooled', shape: [1, 1, 4], field: null },
  { name: 'dense', shape: [10], field: null },
];

test('the last layer with more than one position is taken, whatever it is called', () => {
  expect(selectSpatialLayer(layers).name).toBe('b');
});

test('any layer with height and width can be asked for', () => {
  expect(selectSpatialLayer(layers, 'a').name).toBe('a');
  expect(selectSpatialLayer(layers, 'pooled').name).toBe('pooled');
});

test.each([
  ['dense', 'layer: dense has no height and width'],
  ['conv', 'layer: the network has no layer "conv" before its scores'],
])('%s is refused with those there are', (name, message) => {
  expect(() => selectSpatialLayer(layers, name)).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND', message, hint: expect.stringContaining('a, b, pooled') }),
  );
});

test('a network without maps cannot be explained', () => {
  expect(() => selectSpatialLayer([{ name: 'dense', shape: [10], field: null }])).toThrow(
    expect.objectContaining({ code: 'BAD_MODEL' }),
  );
});
