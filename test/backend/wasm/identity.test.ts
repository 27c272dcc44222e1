import { beforeAll, beforeEach, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import './against-cpu.js';

beforeAll(() => registerWasmTraining());
beforeEach(() => tf.setBackend('wasm'));

test('a clone outlives what it was made of, and the other way round', async () => {
  const first = tf.tensor1d([1, 2, 3]);
  const clone = tf.clone(first);
  const cast = tf.cast(clone, 'float32');
  first.dispose();
  tf.tensor1d([7, 8, 9]);
  expect(await clone.data()).toEqual(new Float32Array([1, 2, 3]));
  clone.dispose();
  tf.tensor1d([7, 8, 9]);
  expect(await cast.data()).toEqual(new Float32Array([1, 2, 3]));
});

test('a variable made from a tensor keeps its values when the tensor goes, and its changes to itself', async () => {
  const initial = tf.tensor1d([1, 2, 3]);
  const variable = tf.variable(initial);
  variable.assign(tf.tensor1d([4, 5, 6]));
  expect(await initial.data()).toEqual(new Float32Array([1, 2, 3]));
  initial.dispose();
  expect(await variable.data()).toEqual(new Float32Array([4, 5, 6]));
});

test('clones of numbers, booleans and texts, and casts between types', async () => {
  expect(await tf.clone(tf.tensor1d([1, 0], 'bool')).data()).toEqual(new Uint8Array([1, 0]));
  expect(await tf.clone(tf.tensor1d(['cat', 'dog'])).data()).toEqual(['cat', 'dog']);
  expect(await tf.cast(tf.tensor1d([1.5, 2]), 'int32').data()).toEqual(new Int32Array([1, 2]));
});
