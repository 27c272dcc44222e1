// Weights and slots in and out of a session.

import type { GraphSession } from '../../backend/native/session.js';
import { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import type { NamedArray } from '../contract/training-step.js';
import { fetchArrays } from './build/fetch-arrays.js';
import type { Variable } from './build/variables.js';
import type { NetworkGraph } from './network-graph.js';

/** A compiled network and the session that it lives in. */
export interface OpenGraph {
  readonly session: GraphSession;
  readonly network: NetworkGraph;
}

/** Copies variables out of a session. */
export function readVariables(session: GraphSession, variables: readonly Variable[]): NamedArray[] {
  if (variables.length === 0) return []; // TensorFlow refuses to fetch nothing
  const arrays = fetchArrays(
    session,
    [],
    variables.map(({ value }) => value),
  );
  return arrays.map((array, index) => ({ name: (variables[index] as Variable).name, ...array }));
}

/** Sets variables by name. Throws BAD_MODEL when an array is missing or has another shape; extra ones are ignored. */
export function writeVariables(session: GraphSession, variables: readonly Variable[], arrays: readonly NamedArray[]) {
  const byName = new Map(arrays.map((array) => [array.name, array]));
  const feeds = variables.map((variable) => {
    const { values } = requireArray(variable, byName);
    return { to: variable.input, values, shape: variable.shape };
  });
  if (feeds.length > 0)
    fetchArrays(
      session,
      feeds,
      variables.map(({ assigned }) => assigned),
    );
}

/** A variable's array. @throws CnnvizError BAD_MODEL where it is missing or has another shape */
export function requireArray({ name, shape }: Variable, arrays: ReadonlyMap<string, NamedArray>): NamedArray {
  const array = arrays.get(name);
  if (!array) throw new CnnvizError('BAD_MODEL', `state: "${name}" is missing`);
  if (array.shape.join() !== shape.join()) {
    throw new CnnvizError('BAD_MODEL', `state: "${name}" is [${array.shape}], the network has [${shape}]`);
  }
  return array;
}

/** Gives a model the weights of the same names. */
export function writeModelWeights(model: tf.LayersModel, weights: readonly NamedArray[]): void {
  const trained = new Map(weights.map((array) => [array.name, array]));
  for (const weight of model.weights) {
    const array = trained.get(weight.originalName);
    if (array === undefined) continue;
    tf.tidy(() => {
      weight.write(tf.tensor(array.values, array.shape));
    });
  }
}

/** Sets variables to 0. */
export function zeroVariables(session: GraphSession, variables: readonly Variable[]): void {
  const zeros = variables.map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return { name, shape: [...shape], values: new Float32Array(size) };
  });
  writeVariables(session, variables, zeros);
}

/** Sets variables to others of the same shapes. */
export function copyVariables(session: GraphSession, from: readonly Variable[], to: readonly Variable[]): void {
  const arrays = readVariables(session, from);
  writeVariables(
    session,
    to,
    arrays.map((array, index) => ({ ...array, name: (to[index] as Variable).name })),
  );
}

/** Copies a model's weights into a network's variables. */
export function copyModelWeights({ session, network }: OpenGraph, model: tf.LayersModel): void {
  const variables = [...network.variables.values()];
  if (variables.length === 0) return;
  const feeds = variables.map(({ input }, index) => [input.name, (model.weights[index] as tf.LayerVariable).read()]);
  const assigned = variables.map(({ assigned }) => assigned.name);
  tf.dispose(session.run(Object.fromEntries(feeds), assigned));
}
