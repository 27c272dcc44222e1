import { expect } from 'vitest';
import { encodeSavedModel } from '../../../src/backend/native/saved-model.js';
import { GraphSession } from '../../../src/backend/native/session.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { nativeTest } from '../../helpers/native.js';

const FLOAT = { type: 'float' } as const;
const HANDLE = { dtype: FLOAT, shape: { shape: [2] }, shared_name: { string: 'v' }, container: { string: '' } };

// A variable v that `set` assigns and `read` reads; `difference` = x - [1, 10].
const GRAPH = encodeSavedModel([
  { name: 'x', op: 'Placeholder', inputs: [], attributes: { dtype: FLOAT, shape: { shape: [-1] } } },
  { name: 'v', op: 'VarHandleOp', inputs: [], attributes: HANDLE },
  { name: 'assign', op: 'AssignVariableOp', inputs: ['v', 'x'], attributes: { dtype: FLOAT } },
  { name: 'set', op: 'Identity', inputs: ['x', '^assign'], attributes: { T: FLOAT } },
  { name: 'read', op: 'ReadVariableOp', inputs: ['v'], attributes: { dtype: FLOAT } },
  {
    name: 'c',
    op: 'Const',
    inputs: [],
    attributes: { dtype: FLOAT, value: { tensor: { shape: [2], values: Float32Array.of(1, 10) } } },
  },
  { name: 'difference', op: 'Sub', inputs: ['x', 'c'], attributes: { T: FLOAT } },
]);

const run = (session: GraphSession, fetch: string, x?: number[]) =>
  tf.tidy(() => [...(session.run(x ? { x: tf.tensor1d(x) } : {}, [fetch])[0] as tf.Tensor).dataSync()]);

nativeTest('a graph computes what is fetched from what is fed', () => {
  const session = GraphSession.load(GRAPH);
  expect(run(session, 'difference', [5, 5])).toEqual([4, -5]);
  session.dispose();
});

nativeTest('variables live between runs and are not shared between sessions', () => {
  const [one, other] = [GraphSession.load(GRAPH), GraphSession.load(GRAPH)];
  run(one, 'set', [1, 2]);
  run(other, 'set', [3, 4]);
  expect([run(one, 'read'), run(other, 'read')]).toEqual([
    [1, 2],
    [3, 4],
  ]);
  one.dispose();
  other.dispose();
  other.dispose();
});

nativeTest('runs leave no tensors behind', () => {
  const session = GraphSession.load(GRAPH);
  const before = tf.memory().numTensors;
  for (let count = 0; count < 5; count++) run(session, 'difference', [5, 5]);
  expect(tf.memory().numTensors).toBe(before);
  session.dispose();
});
