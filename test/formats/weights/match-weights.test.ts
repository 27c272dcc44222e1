import { expect, test } from 'vitest';
import type { LayerDefinition } from '../../../src/formats/network-definition.js';
import { matchWeights } from '../../../src/formats/weights/match-weights.js';
import { refuse } from '../config/networks.js';

const layer = (address: string, kind = 'Dense', config = {}): LayerDefinition => ({
  address,
  kind,
  isOperation: false,
  config,
  calls: [],
});
const dense = (path: string) => [{ name: `${path}/bias` }, { name: `${path}/kernel:0` }];
const match = (layers: LayerDefinition[], weights: { name: string; holder?: string }[]) =>
  Object.fromEntries(
    [...matchWeights(layers, weights, refuse)].map(([address, found]) => [
      address,
      found.map(({ role, weight }) => `${role}=${weight.name}`),
    ]),
  );

test('weights in any order are put in that of their roles', () => {
  const names = ['moving_variance', 'beta', 'moving_mean', 'gamma'].map((role) => ({ name: `bn/${role}` }));
  expect(match([layer('bn', 'BatchNormalization')], names)).toEqual({
    bn: ['gamma=bn/gamma', 'beta=bn/beta', 'moving_mean=bn/moving_mean', 'moving_variance=bn/moving_variance'],
  });
  expect(match([layer('d', 'DepthwiseConv2D', { use_bias: false })], [{ name: 'd/depthwise_kernel' }])).toEqual({
    d: ['kernel=d/depthwise_kernel'],
  });
});

test.each<[string, string[], string[]]>([
  ['the same name', ['a', 'b'], ['b', 'a']],
  ["the network's name before", ['a', 'b'], ['sequential/a', 'sequential/b']],
  ["an inner network's name left out", ['base/a', 'b'], ['a', 'b']],
  ['another network’s name', ['base/a', 'b'], ['functional_3/a', 'functional_3/b']],
  ['a number behind', ['a', 'b'], ['a_1', 'b_1']],
  ['another number', ['base/a_1', 'b'], ['net/a', 'net/b']],
  ['names that end alike', ['a', 'my/a'], ['a', 'my/a']],
])('%s', (_, addresses, paths) => {
  const found = match(
    addresses.map((address) => layer(address)),
    paths.flatMap(dense),
  );
  for (const address of addresses) {
    const path =
      paths.find((name) => name === address) ??
      paths.find((name) => name.includes(address.at(address.lastIndexOf('/') + 1) as string));
    expect(found[address]).toEqual([`kernel=${path}/kernel:0`, `bias=${path}/bias`]);
  }
});

test('a role with a number, and what random layers keep', () => {
  const weights = [
    { name: 'a/kernel_1' },
    { name: 'a/bias_1:0' },
    { name: 'dropout/seed_generator/seed_generator_state' },
  ];
  expect(match([layer('a'), layer('dropout', 'Dropout')], weights)).toEqual({
    a: ['kernel=a/kernel_1', 'bias=a/bias_1:0'],
  });
});

test('in a .h5 file the place decides between equal names', () => {
  const weights = ['x', 'y'].flatMap((holder) => dense('d').map(({ name }) => ({ name, holder })));
  const found = matchWeights([layer('x/d'), layer('y/d')], weights, refuse);
  expect(found.get('x/d')?.map(({ weight }) => weight.holder)).toEqual(['x', 'x']);
  expect(found.get('y/d')?.map(({ weight }) => weight.holder)).toEqual(['y', 'y']);
});

test.each<[string, LayerDefinition[], { name: string }[], RegExp]>([
  ['missing', [layer('a'), layer('b')], dense('a'), /the weights of 1 layer are missing: "b"$/],
  ['missing a role', [layer('a')], [{ name: 'a/kernel' }], /the bias of its layer "a" is missing/],
  ['left over', [layer('a')], [...dense('a'), ...dense('other')], /has weights of no layer: "other"$/],
  [
    'of a role that the layer lacks',
    [layer('a')],
    [...dense('a'), { name: 'a/gamma' }],
    /"a" \(Dense\) has no use for the weight a\/gamma/,
  ],
  ['there twice', [layer('a')], [...dense('a'), { name: 'a/bias_1' }], /two weights called "a\/bias"/],
  [
    'of several layers’ name',
    [layer('x/d'), layer('y/d')],
    [...dense('p/d'), ...dense('q/d')],
    /the weights of 2 layers are missing: "x\/d", "y\/d"; weights of no layer: "p\/d", "q\/d"$/,
  ],
  ['numbered anew', [layer('d_1'), layer('d_2')], [...dense('d_3'), ...dense('d_4')], /are missing/],
  [
    'many',
    Array.from({ length: 9 }, (_, index) => layer(`l${index}`)),
    [],
    /of 9 layers are missing: .*"l4" and 4 more$/,
  ],
])('weights that are %s are refused by name', (_, layers, weights, message) => {
  expect(() => match(layers, weights)).toThrow(message);
});
