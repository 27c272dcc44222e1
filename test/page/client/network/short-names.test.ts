import { expect, test } from 'vitest';
import { commonPrefix, shortenName } from '../../../../src/page/client/network/short-names.js';

test('what most names begin with is left out, as far as it is whole words of a path', () => {
  const names = ['net/body/conv_1', 'net/body/conv_1_relu', 'net/body/conv_2', 'net/head/dense', 'other/dense'];
  expect(commonPrefix(names)).toBe('net/body/');
  expect(names.map((name) => shortenName(name, 'net/body/'))).toEqual([
    ...['conv_1', 'conv_1_relu', 'conv_2', 'net/head/dense', 'other/dense'],
  ]);
});

test('names that have no path, or one each, stay as they are', () => {
  expect(commonPrefix(['conv2d_1', 'conv2d_2'])).toBe('');
  expect(commonPrefix(['a/conv', 'dense'])).toBe('');
  expect(commonPrefix([])).toBe('');
});

test('below its title a layer of a block needs no more than what is its own', () => {
  const shorten = (name: string) => shortenName(name, 'net/', 'net/block_1');
  expect(['net/block_1_expand', 'net/block_1/project', 'net/block_1', 'net/bn'].map(shorten)).toEqual([
    ...['expand', 'project', 'block_1', 'bn'],
  ]);
  expect(shorten('net/block_10_expand')).toBe('block_10_expand');
});
