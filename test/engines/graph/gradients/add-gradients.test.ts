import { expect, test } from 'vitest';
import { encodeSavedModel } from '../../../../src/backend/native/saved-model.js';
import { GraphSession } from '../../../../src/backend/native/session.js';
import { fetchArrays } from '../../../../src/engines/graph/build/fetch-arrays.js';
import { GraphBuilder, type GraphTensor } from '../../../../src/engines/graph/build/graph-builder.js';
import { binary, cast, compare, unary } from '../../../../src/engines/graph/build/ops.js';
import { UnsupportedByGraph } from '../../../../src/engines/graph/build/unsupported.js';
import { addGradients } from '../../../../src/engines/graph/gradients/add-gradients.js';
import { nativeTest } from '../../../helpers/native.js';

const T = { T: { type: 'float' } } as const;

/** Starts at `end` with a gradient of ones. */
function gradientsOf(graph: GraphBuilder, end: GraphTensor, wanted: GraphTensor[]) {
  return addGradients(graph, { tensor: end, gradient: graph.placeholder('start', [3]) }, wanted);
}

const opsAfter = (graph: GraphBuilder, count: number) => graph.built.slice(count).map(({ op }) => op);

nativeTest('worked out on paper: (x x + x) y + x has the gradients (2 x + 1) y + 1 and x x + x', () => {
  const graph = new GraphBuilder();
  const [x, y] = [graph.placeholder('x', [3]), graph.placeholder('y', [3])];
  const inner = binary(graph, 'AddV2', binary(graph, 'Mul', x, x), x);
  const end = binary(graph, 'AddV2', binary(graph, 'Mul', inner, y), x);
  const gradients = gradientsOf(graph, end, [x, y]);
  const session = GraphSession.load(encodeSavedModel(graph.nodes));
  const feeds = [
    { to: x, values: Float32Array.of(0, 1, -2), shape: [3] },
    { to: y, values: Float32Array.of(5, 2, 3), shape: [3] },
    { to: graph.nodeOf({ name: 'start', type: 'float' }).output, values: Float32Array.of(1, 1, 1), shape: [3] },
  ];
  const results = fetchArrays(session, feeds, [gradients.get('x'), gradients.get('y')] as GraphTensor[]);
  expect(results.map(({ values }) => [...values])).toEqual([
    [6, 7, -8],
    [0, 2, 2],
  ]);
  session.dispose();
});

test('nothing is added for what does not lead to a wanted tensor, nor behind it', () => {
  const graph = new GraphBuilder();
  const [frozen, trained] = [graph.placeholder('frozen', [3]), graph.placeholder('trained', [3])];
  const base = unary(graph, 'Tanh', unary(graph, 'Sigmoid', frozen));
  const head = unary(graph, 'Relu', binary(graph, 'Mul', base, trained));
  const count = graph.built.length;
  expect([...gradientsOf(graph, head, [trained]).keys()]).toEqual(['trained']);
  const ops = opsAfter(graph, count);
  expect(ops).toContain('ReluGrad');
  expect(ops.filter((op) => /Tanh|Sigmoid/.test(op))).toEqual([]);
});

test('a tensor that is wanted on the way is one of several', () => {
  const graph = new GraphBuilder();
  const x = graph.placeholder('x', [3]);
  const inner = unary(graph, 'Relu', x);
  const end = unary(graph, 'Tanh', inner);
  const gradients = gradientsOf(graph, end, [x, inner, end]);
  expect([...gradients.keys()].sort()).toEqual([end.name, inner.name, 'x'].sort());
  expect(gradients.get(end.name)?.name).toBe('start');
});

test('what the start does not depend on has no gradient', () => {
  const graph = new GraphBuilder();
  const [x, other] = [graph.placeholder('x', [3]), graph.placeholder('other', [3])];
  expect([...gradientsOf(graph, unary(graph, 'Relu', x), [x, other]).keys()]).toEqual(['x']);
});

test('conditions and whole numbers are constants', () => {
  const graph = new GraphBuilder();
  const x = graph.placeholder('x', [3]);
  const mask = cast(graph, compare(graph, 'Greater', x, graph.scalar(0.5)), 'float');
  const gradients = gradientsOf(graph, binary(graph, 'Mul', x, mask), [x]);
  expect(graph.nodeOf(gradients.get('x') as GraphTensor).op).toBe('Reshape');
});

test('an op without a rule is named with its layer, where it is on the way', () => {
  const graph = new GraphBuilder();
  const x = graph.placeholder('x', [3]);
  const floor = graph.inLayer('steps', () => graph.add('Floor', [x], T));
  const end = binary(graph, 'AddV2', floor, x);
  const walk = () => gradientsOf(graph, end, [x]);
  expect(walk).toThrow(UnsupportedByGraph);
  expect(walk).toThrow('steps: the TensorFlow op Floor has no gradient rule');
  expect([...gradientsOf(graph, end, [floor]).keys()]).toEqual([floor.name]);
});

test('an op is not differentiated through its further outputs', () => {
  const graph = new GraphBuilder();
  const x = graph.placeholder('x', [3]);
  const parts = graph.add('Split', [graph.integer(0), x], { ...T, num_split: { int: 3 } }, { type: 'float' });
  const end = unary(graph, 'Relu', graph.output(parts, 1));
  expect(() => gradientsOf(graph, end, [x])).toThrow(/Relu has no gradient for Split:1/);
});
