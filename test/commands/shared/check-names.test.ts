import { expect, test } from 'vitest';
import { checkNames } from '../../../src/commands/shared/check-names.js';
import type { LocatedNetwork } from '../../../src/commands/shared/locate-network.js';
import type { LayerDefinition, NetworkDefinition } from '../../../src/formats/network-definition.js';

const layer = (address: string, kind: string, config: object = {}) =>
  ({ address, kind, config, isOperation: false, calls: [] }) as unknown as LayerDefinition;

const layers = [
  layer('in', 'InputLayer'),
  layer('conv', 'Conv2D', { filters: 8 }),
  layer('pool', 'MaxPooling2D'),
  layer('words', 'Conv1D', { filters: 2 }),
  layer('deep', 'SeparableConv2D', { filters: 4 }),
];
const found = {
  modelPath: 'net.keras',
  classNames: [],
  brought: { definition: { layers } as unknown as NetworkDefinition },
};
const check = (names: Parameters<typeof checkNames>[1]) => checkNames(found as unknown as LocatedNetwork, names);

test('channels that a convolution of a file lacks are refused before anything is built', () => {
  expect(() => check({ layers: ['conv'], channels: [7] })).not.toThrow();
  expect(() => check({ layers: ['conv'], channels: [8] })).toThrow('conv has channels 0 to 7, there is no channel 8');
  expect(() => check({ layers: ['conv', 'deep'], channels: [4] })).toThrow('deep has channels 0 to 3');
  expect(() => check({ layers: 1, channels: [8] })).toThrow('conv has channels 0 to 7');
  expect(() => check({ layers: 'all', channels: [4] })).toThrow('deep has channels 0 to 3');
});

test('what only the built network knows is left to it', () => {
  expect(() => check({ layers: ['pool', 'words'], channels: [500] })).not.toThrow();
  expect(() => check({ channels: [500] })).not.toThrow();
  expect(() => check({ layers: ['conv#1'], channels: [500] })).not.toThrow();
});

test('layers that the file does not have are refused', () => {
  expect(() => check({ layers: ['cnov'] })).toThrow('the network has no layer "cnov"');
  expect(() => check({ layer: 'dep' })).toThrow('the network has no layer "dep"');
});
