import { expect, it } from 'vitest';
import { nameLayers } from '../../../src/formats/write/layer-names.js';

it.each([
  ['their own names', ['conv', 'flatten'], ['conv', 'flatten']],
  ['their own names out of networks within', ['base/conv', 'base/stage/relu', 'head'], ['conv', 'relu', 'head']],
  ['their addresses where there are two', ['a/conv', 'b/conv', 'relu'], ['a_conv', 'b_conv', 'relu']],
  ['no number of a call', ['base#1/conv', 'shared#1'], ['conv', 'shared']],
  ['a number where even addresses meet', ['a/b/c', 'a_b/c', 'c'], ['a_b_c', 'a_b_c_2', 'c']],
])('layers get %s', (_, addresses, names) => {
  expect(nameLayers(addresses).layers).toEqual(names);
});

it('the input has a name of its own', () => {
  expect(nameLayers(['input_layer', 'x']).input).toBe('input_layer_2');
});
