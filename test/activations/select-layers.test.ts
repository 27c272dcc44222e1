import { describe, expect, it } from 'vitest';
import { findLandmarks, missedLayers, selectLayers } from '../../src/activations/select-layers.js';

const network = [
  { name: 'input_1', kind: 'InputLayer' },
  { name: 'conv2d_1', kind: 'Conv2D' },
  { name: 'max_pooling2d_1', kind: 'MaxPooling2D' },
  { name: 'flatten_1', kind: 'Flatten' },
  { name: 'dense_1', kind: 'Dense' },
];

describe('selectLayers', () => {
  it('takes every layer before Flatten when nothing is asked for', () => {
    expect(selectLayers(network)).toEqual(['conv2d_1', 'max_pooling2d_1']);
  });

  it('takes every layer of a network without Flatten, and of one that starts with it', () => {
    expect(selectLayers(network.slice(1, 3))).toEqual(['conv2d_1', 'max_pooling2d_1']);
    expect(selectLayers([...network.slice(0, 1), ...network.slice(3)])).toEqual(['flatten_1', 'dense_1']);
  });

  it('counts from the first layer that is no InputLayer', () => {
    expect(selectLayers(network, 1)).toEqual(['conv2d_1']);
    expect(selectLayers(network, 4)).toEqual(['conv2d_1', 'max_pooling2d_1', 'flatten_1', 'dense_1']);
  });

  it('takes named layers in the order of the network, each once', () => {
    expect(selectLayers(network, ['dense_1', 'conv2d_1', 'dense_1'])).toEqual(['conv2d_1', 'dense_1']);
  });

  it('takes all but the InputLayer for "all"', () => {
    expect(selectLayers(network, 'all')).toEqual(['conv2d_1', 'max_pooling2d_1', 'flatten_1', 'dense_1']);
  });

  it.each([
    [5, 'NOT_FOUND', 'first 5'],
    [['conv2d_9', 'dense_1'], 'NOT_FOUND', '"conv2d_9"'],
    [['input_1'], 'NOT_FOUND', '"input_1"'],
    [0, 'BAD_ARGUMENT', 'at least 1'],
    [1.5, 'BAD_ARGUMENT', 'at least 1'],
    [[], 'BAD_ARGUMENT', 'layer names'],
  ] as const)('refuses %j', (selection, code, text) => {
    const select = () => selectLayers(network, typeof selection === 'number' ? selection : [...selection]);
    expect(select).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) }));
  });

  it('lists the names there are in the hint', () => {
    expect(() => selectLayers(network, ['conv'])).toThrow(
      expect.objectContaining({ hint: 'Its layers are: conv2d_1, max_pooling2d_1, flatten_1, dense_1.' }),
    );
  });
});

describe('missedLayers', () => {
  const normalized = [
    { name: 'conv2d_1', kind: 'Conv2D' },
    { name: 'batch_normalization_1', kind: 'BatchNormalization' },
    { name: 'activation_1', kind: 'Activation' },
    { name: 'max_pooling2d_1', kind: 'MaxPooling2D' },
    { name: 'conv2d_2', kind: 'Conv2D' },
    { name: 'max_pooling2d_2', kind: 'MaxPooling2D' },
    { name: 'flatten_1', kind: 'Flatten' },
  ];

  it('names the convolutions and poolings that a count leaves out for what stands between them', () => {
    expect(missedLayers(normalized, 2)).toEqual(['conv2d_1', 'max_pooling2d_1']);
    expect(missedLayers(normalized, 4)).toEqual(['conv2d_1', 'max_pooling2d_1', 'conv2d_2', 'max_pooling2d_2']);
  });

  it('has nothing to say where nothing stands between, where more is asked for, or no count', () => {
    expect(missedLayers(normalized, 1)).toBeUndefined();
    expect(missedLayers(network, 2)).toBeUndefined();
    expect(missedLayers(network, 4)).toBeUndefined();
    expect(missedLayers(normalized, 7)).toBeUndefined();
    expect(missedLayers(normalized, 'all')).toBeUndefined();
    expect(missedLayers(normalized)).toBeUndefined();
  });
});

describe('a network with many maps', () => {
  const maps = (count: number, side: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `map${side}_${index}`,
      kind: index % 2 === 0 ? 'Conv2D' : 'ReLU',
      shape: [side, side, 8],
    }));
  const deep = [
    { name: 'pad', kind: 'ZeroPadding2D', shape: [113, 113, 3] },
    ...maps(10, 56),
    ...maps(10, 28),
    ...maps(5, 14),
    { name: 'pooled', kind: 'GlobalAveragePooling2D', shape: [8] },
    { name: 'dense', kind: 'Dense', shape: [2] },
  ];

  it('shows the first convolution and the last map of each size', () => {
    expect(selectLayers(deep)).toEqual(['map56_0', 'map56_9', 'map28_9', 'map14_4']);
    expect(findLandmarks(deep)).toEqual(selectLayers(deep));
  });

  it('shows all of up to 24 maps, and what is asked for', () => {
    expect(findLandmarks(deep.slice(2))).toBeUndefined();
    expect(selectLayers(deep, 'all')).toHaveLength(deep.length);
    expect(selectLayers(deep, 3)).toEqual(['pad', 'map56_0', 'map56_1']);
  });
});
