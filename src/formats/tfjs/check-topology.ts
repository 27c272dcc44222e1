// Refuses a topology that tfjs could not build, or would build forever.

import type { Refuse } from '../../disk/read-file.js';
import { describeValue } from '../../disk/schema.js';
import { layersAtMost } from '../limits.js';

// TensorFlow.js builds what a topology says without looking at it first: a layer that is fed by itself, or by one that is
// not there, it builds forever.

type Json = Record<string, unknown>;

/** Of a network's input: what tfjs can convert an image to. */
const INPUT_TYPES: readonly unknown[] = ['float32', 'int32', 'bool'];
const connectionsAtMost = 10 * layersAtMost;

/** A layer's call: which outputs of which calls of other layers it takes. */
interface Call {
  layer: string;
  inputs: { layer: string; call: number }[];
}

/**
 * Makes sure that a topology can be built: its layers are objects of a class, not too many, and those of a functional model
 * can be put in an order in which each is fed by earlier ones.
 *
 * @throws what `refuse` makes of it, naming the field
 */
export function checkTopology(topology: Json, refuse: Refuse): void {
  const place = topology.model_config === undefined ? 'modelTopology' : 'modelTopology.model_config';
  const model = topology.model_config ?? topology;
  checkModel(requireObject(model, place, refuse), place, { layers: 0 }, refuse);
}

function checkModel(model: Json, place: string, count: { layers: number }, refuse: Refuse): void {
  if (typeof model.class_name !== 'string') throw refuse(`${place}.class_name: expected the name of a class`);
  // Keras 1 had the layers of a sequential model for its configuration.
  const layers = Array.isArray(model.config)
    ? model.config
    : requireObject(model.config, `${place}.config`, refuse).layers;
  if (!Array.isArray(layers)) throw refuse(`${place}.config.layers: expected a list of layers`);
  count.layers += layers.length;
  if (count.layers > layersAtMost) {
    throw refuse(`expected a network of at most ${layersAtMost} layers, found ${count.layers} or more`);
  }
  layers.forEach((layer: unknown, index) => {
    const own = `${place}.config.layers.${index}`;
    const described = requireObject(layer, own, refuse);
    if (typeof described.class_name !== 'string') throw refuse(`${own}.class_name: expected the name of a class`);
    const config = requireObject(described.config, `${own}.config`, refuse);
    checkInputType(config, own, refuse);
    if ('layers' in config) checkModel(described, own, count, refuse);
  });
  if (model.class_name !== 'Sequential') checkOrder(layers as Json[], `${place}.config.layers`, refuse);
}

/** tfjs converts an image to the type that a network's input has, only then finding that it cannot. */
function checkInputType({ batch_input_shape: shape, dtype }: Json, place: string, refuse: Refuse): void {
  if (shape === undefined || dtype === undefined || dtype === null || INPUT_TYPES.includes(dtype)) return;
  throw refuse(`${place}.config.dtype: expected one of ${INPUT_TYPES.join(', ')}, received ${describeValue(dtype)}`);
}

function requireObject(value: unknown, place: string, refuse: Refuse): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw refuse(`${place}: expected an object, received ${describeValue(value)}`);
}

function checkOrder(layers: readonly Json[], place: string, refuse: Refuse): void {
  const calls = layers.flatMap((layer, index) => readCalls(layer, `${place}.${index}`, refuse));
  const connectionCount = calls.reduce((sum, { inputs }) => sum + 1 + inputs.length, 0);
  if (connectionCount > connectionsAtMost) {
    throw refuse(`expected at most ${connectionsAtMost} connections of layers, found ${connectionCount}`);
  }
  const unmade = findUnmade(calls);
  if (unmade === undefined) return;
  throw refuse(`its layer ${describeValue(unmade.layer)} depends on itself or on a missing layer`);
}

/** The first call that can never be made, since it waits for itself or for one that is not there. */
function findUnmade(calls: readonly Call[]): Call | undefined {
  const keyOf = (layer: string, call: number) => `${call} ${layer}`;
  const missing = new Map(calls.map((call) => [call, call.inputs.length]));
  const waiting = new Map<string, Call[]>();
  for (const call of calls) {
    for (const input of call.inputs) {
      const key = keyOf(input.layer, input.call);
      const others = waiting.get(key);
      if (others === undefined) waiting.set(key, [call]);
      else others.push(call);
    }
  }
  const callCounts = new Map<string, number>();
  const ready = calls.filter(({ inputs }) => inputs.length === 0);
  for (let call = ready.pop(); call !== undefined; call = ready.pop()) {
    const number = callCounts.get(call.layer) ?? 0;
    callCounts.set(call.layer, number + 1);
    for (const next of waiting.get(keyOf(call.layer, number)) ?? []) {
      const left = (missing.get(next) as number) - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return calls.find((call) => (missing.get(call) as number) > 0);
}

/** Every call of a layer; a model within the model has one more, with nothing before it, from its own making. */
function readCalls(layer: Json, place: string, refuse: Refuse): Call[] {
  const { name, inbound_nodes: nodes = [] } = layer;
  if (typeof name !== 'string') throw refuse(`${place}.name: expected text`);
  if (!Array.isArray(nodes)) throw refuse(`${place}.inbound_nodes: expected a list`);
  const isSource = nodes.length === 0 || 'layers' in (layer.config as Json);
  const calls = nodes.map((node: unknown, index) => readCall(name, node, `${place}.inbound_nodes.${index}`, refuse));
  return isSource ? [{ layer: name, inputs: [] }, ...calls] : calls;
}

function readCall(layer: string, node: unknown, place: string, refuse: Refuse): Call {
  if (!Array.isArray(node)) throw refuse(`${place}: expected a list of inputs, as Keras 2 writes it`);
  const inputs = node.map((input: unknown, index) => {
    const [from, call] = Array.isArray(input) ? input : [];
    if (typeof from === 'string' && Number.isSafeInteger(call)) return { layer: from, call: call as number };
    throw refuse(`${place}.${index}: expected the name of a layer and the number of its call`);
  });
  return { layer, inputs };
}
