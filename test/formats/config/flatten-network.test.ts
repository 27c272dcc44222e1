import { expect, test } from 'vitest';
import { functional, input, layer, read } from './networks.js';

const relu = (name: string, from: string, call = 0) => layer(name, 'ReLU', {}, [[from, call, 0]]);
const inner = (name: string, ...nodes: [string, number, number][][]) => ({
  ...functional(name, [input(), relu('a', 'in'), relu('b', 'a')], 'b'),
  inbound_nodes: nodes,
});
const sources = (model: unknown) =>
  Object.fromEntries(
    read(model).layers.map(({ address, calls }) => [
      address,
      calls.map(({ inputs }) => inputs.map((from) => `${from.layer}:${from.call}`).join()),
    ]),
  );

test("Keras 2 counts a network's making as its first call, and its other calls from 1", () => {
  const model = (call: number) =>
    functional('net', [input(), inner('base', [['in', 0, 0]]), relu('end', 'base', call)], 'end');
  const expected = { in: [''], 'base/a': ['in:0'], 'base/b': ['base/a:0'], end: ['base/b:0'] };
  expect(sources(model(1))).toEqual(expected);
  expect(sources(model(0))).toEqual(expected);
  expect(() => read(model(2))).toThrow('its layer "end" depends on itself or on a missing layer');
});

test('layers in any order, and shared ones, keep their calls apart', () => {
  const shared = layer('shared', 'ReLU', {}, [['in', 0, 0]], [['shared', 0, 0]]);
  const sum = layer('sum', 'Add', {}, [
    ['shared', 1, 0],
    ['shared', 0, 0],
  ]);
  expect(sources(functional('net', [sum, shared, input()], 'sum'))).toEqual({
    sum: ['shared:1,shared:0'],
    shared: ['in:0', 'shared:0'],
    in: [''],
  });
});

test('networks in networks', () => {
  const outer = {
    ...functional('outer', [input(), inner('base', [['in', 0, 0]]), relu('c', 'base', 1)], 'c'),
    inbound_nodes: [[['in', 0, 0]]],
  };
  const model = functional('net', [input(), outer, relu('end', 'outer', 1)], 'end');
  expect(Object.keys(sources(model))).toEqual(['in', 'outer/base/a', 'outer/base/b', 'outer/c', 'end']);
  expect(sources(model)).toMatchObject({ 'outer/c': ['outer/base/b:0'], end: ['outer/c:0'] });
});

test.each<[string, object, RegExp]>([
  ['feeds itself', functional('net', [input(), relu('a', 'a')], 'a'), /layer "a" depends on itself/],
  ['has a circle', functional('net', [input(), relu('a', 'b'), relu('b', 'a')], 'b'), /depends on itself/],
  ['names no layer of it', functional('net', [input(), relu('a', 'none')], 'a'), /missing layer/],
  ['has an output that is not there', functional('net', [input()], 'none'), /output 0 of call 0 of the layer "none"/],
  [
    'has two layers of a name',
    functional('net', [input(), relu('a', 'in'), relu('a', 'in')], 'a'),
    /two of its layers are called "a"/,
  ],
  [
    'calls a network with too few inputs',
    functional('net', [input(), { ...inner('base'), inbound_nodes: [[]] }], 'in'),
    /network "base" has 1 inputs, and is called with 0/,
  ],
  [
    'has too many layers',
    functional(
      'net',
      Array.from({ length: 3001 }, (_, index) => input(`i${index}`)),
      'i0',
      ['i0'],
    ),
    /at most 3000 layers, found 3001/,
  ],
  [
    'has too many connections',
    functional(
      'net',
      [
        input(),
        layer('a', 'Add', {}, ...Array.from({ length: 40_000 }, () => [['in', 0, 0]] as [string, number, number][])),
      ],
      'a',
    ),
    /at most 30000 connections/,
  ],
])('a network that %s is refused', (_, model, message) => {
  expect(() => read(model)).toThrow(message);
});

test('networks that are called twice, within networks that are, are refused before they fill the memory', () => {
  let network: object = inner('n0', [['in', 0, 0]], [['n0', 1, 0]]);
  for (let depth = 1; depth < 30; depth++) {
    const name = `n${depth}`;
    network = {
      ...functional(name, [input(), network, relu('end', `n${depth - 1}`, 2)], 'end'),
      inbound_nodes: [[['in', 0, 0]], [[name, 1, 0]]],
    };
  }
  const startedAt = performance.now();
  expect(() => read(functional('net', [input(), network, relu('end', 'n29', 2)], 'end'))).toThrow(
    /at most 30000 connections/,
  );
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test('the longest network that is allowed, in the worst order, is read within seconds', () => {
  const layers = Array.from({ length: 2999 }, (_, index) => relu(`l${index}`, index === 0 ? 'in' : `l${index - 1}`));
  const startedAt = performance.now();
  expect(read(functional('net', [...layers.reverse(), input()], 'l2998')).layers).toHaveLength(3000);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
