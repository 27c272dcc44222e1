import { expect, test } from 'vitest';
import { checkTopology } from '../../../src/formats/tfjs/check-topology.js';

type Node = [layer: string, call: number, output: number][];

const layer = (name: string, ...inbound_nodes: Node[]) => ({
  class_name: inbound_nodes.length === 0 ? 'InputLayer' : 'ReLU',
  name,
  config: { name },
  inbound_nodes,
});
const model = (...layers: object[]) => ({ class_name: 'Functional', config: { name: 'm', layers } });
const check = (topology: object) => () =>
  checkTopology(topology as Record<string, unknown>, (reason) => new Error(reason));

const input = layer('in');
const first = (config: object) => ({ class_name: 'ReLU', config: { batch_input_shape: [null, 4, 4, 3], ...config } });

test('networks whose layers are fed by others are taken, in any order and shared', () => {
  expect(check(model(input, layer('a', [['in', 0, 0]]), layer('b', [['a', 0, 0]])))).not.toThrow();
  expect(check(model(layer('b', [['a', 0, 0]]), layer('a', [['in', 0, 0]]), input))).not.toThrow();
  expect(check({ model_config: model(input) })).not.toThrow();
  const twice = layer('a', [['in', 0, 0]], [['a', 0, 0]]);
  expect(check(model(input, twice, layer('b', [['a', 1, 0]])))).not.toThrow();
  expect(check({ class_name: 'Sequential', config: { layers: [{ class_name: 'ReLU', config: {} }] } })).not.toThrow();
  for (const dtype of ['float32', 'int32', null]) {
    expect(check({ class_name: 'Sequential', config: [first({ dtype })] })).not.toThrow();
  }
  expect(check({ class_name: 'Sequential', config: [{ class_name: 'ReLU', config: {} }] })).not.toThrow();
});

test('a model in a model counts a call of its own making', () => {
  const inner = { ...model(input, layer('a', [['in', 0, 0]])), name: 'inner', inbound_nodes: [[['in', 0, 0]]] };
  expect(check(model(input, inner, layer('b', [['inner', 1, 0]])))).not.toThrow();
  expect(check(model(input, inner, layer('b', [['inner', 2, 0]])))).toThrow('layer "b" depends on itself');
});

test.each<[string, object, RegExp]>([
  ['feeds itself', model(input, layer('a', [['a', 0, 0]])), /layer "a" depends on itself/],
  ['has a circle', model(input, layer('a', [['b', 0, 0]]), layer('b', [['a', 0, 0]])), /depends on itself/],
  ['names no layer of it', model(input, layer('a', [['none', 0, 0]])), /layer "a" .* missing layer/],
  ['has a call that is not made', model(input, layer('a', [['in', 3, 0]])), /depends on itself/],
  ['hides a circle in a model', model(input, { ...model(layer('a', [['a', 0, 0]])), name: 'x' }), /layer "a"/],
  ['has a name without an end', model(input, layer('a'.repeat(9000), [['none', 0, 0]])), /^.{1,200}$/],
  ['has text for a configuration', { class_name: 'Model', config: 'x'.repeat(9000) }, /^.{1,200}$/],
  [
    'has an input of another type',
    { class_name: 'Sequential', config: [first({ dtype: 'constructor' })] },
    /0\.config\.dtype: expected one of float32, int32, bool, received "constructor"/,
  ],
  [
    'has an input of no type',
    { class_name: 'Sequential', config: [first({ dtype: {} })] },
    /dtype: .* received an object/,
  ],
  ['has no class', { config: { layers: [] } }, /class_name: expected/],
  ['has no configuration', { class_name: 'Model' }, /config: expected an object/],
  ['has layers of null', model(input, null as never), /config\.layers\.1: expected an object, received null/],
  ['has layers without a configuration', model({ class_name: 'ReLU', name: 'a' }), /layers\.0\.config/],
  ['has connections in other forms', model(input, { ...layer('a'), inbound_nodes: [{ args: [] }] }), /Keras 2/],
  ['has connections to nothing', model(input, layer('a', [null as never])), /inbound_nodes\.0\.0/],
  ['has too many layers', model(...Array.from({ length: 3001 }, (_, index) => layer(`l${index}`))), /at most 3000/],
  [
    'has too many connections',
    model(input, layer('a', ...Array.from({ length: 40_000 }, () => [['in', 0, 0]] as Node))),
    /at most 30000/,
  ],
])('a network that %s is refused', (_, topology, message) => {
  expect(check(topology)).toThrow(message);
});

test('the longest network that is allowed, in the worst order, is checked within two seconds', () => {
  const layers = Array.from({ length: 2999 }, (_, index) => layer(`l${index}`, [[`l${index - 1}`, 0, 0]])).slice(1);
  const startedAt = performance.now();
  check(model(...layers.reverse(), layer('l0')))();
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
