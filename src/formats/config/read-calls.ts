// The calls of a layer in a functional network, as Keras 2 and Keras 3 write them.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import type { CallDefinition, TensorReference } from '../network-definition.js';
import { isObject, type Json } from './json.js';

/** What says how a layer is run, not what it computes for a network that is looked at. */
const RUN_KEYWORDS: ReadonlySet<string> = new Set(['training', 'mask', 'name']);

/** @param node an entry of `inbound_nodes` */
export function readCall(node: unknown, place: string, refuse: RefuseFile): CallDefinition {
  const inputs: TensorReference[] = [];
  if (Array.isArray(node)) return readKeras2Call(node, inputs, place, refuse);
  if (!isObject(node)) throw refuse(`${place}: expected a call of a layer, received ${describeValue(node)}`);
  const { args = [], kwargs = {} } = node;
  if (!Array.isArray(args) || !isObject(kwargs)) throw refuse(`${place}: expected a call's args and kwargs`);
  const call = { inputs, arguments: args.map((value) => replaceTensors(value, inputs, place, refuse)) };
  return { ...call, keywords: readKeywords(kwargs, inputs, place, refuse) };
}

/** `[[layer, call, output, keywords], ...]`, or one such list alone; tensors among the keywords are lists of three. */
function readKeras2Call(
  node: readonly unknown[],
  inputs: TensorReference[],
  place: string,
  refuse: RefuseFile,
): CallDefinition {
  const entries = isReference(node) ? [node] : node;
  for (const [index, entry] of entries.entries()) {
    const reference = toReference(entry);
    if (reference === undefined) {
      throw refuse(`${place}.${index}: expected the name of a layer and the number of its call`);
    }
    inputs.push(reference);
  }
  const [first] = entries as readonly unknown[][];
  const given = isObject(first?.[3]) ? first[3] : {};
  const references = inputs.map((_, input) => ({ input }));
  // A layer of one input takes it as it is, one of several as a list.
  const tensors = references.length === 1 ? references : [references];
  return { inputs, arguments: tensors, keywords: readKeywords(given, inputs, place, refuse) };
}

function readKeywords(given: Json, inputs: TensorReference[], place: string, refuse: RefuseFile): Json {
  const entries = Object.entries(given).filter(([name, value]) => !RUN_KEYWORDS.has(name) && value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, replaceTensors(value, inputs, place, refuse)]));
}

/** A value with its tensors as references to inputs, which are noted. */
function replaceTensors(value: unknown, inputs: TensorReference[], place: string, refuse: RefuseFile): unknown {
  if (Array.isArray(value)) {
    if (value[0] === '_CONSTANT_VALUE') return value[2];
    const isTensor = isReference(value) && value.length >= 3;
    return isTensor ? note(value, inputs) : value.map((item) => replaceTensors(item, inputs, place, refuse));
  }
  if (!isObject(value)) return value;
  if (value.class_name === '__keras_tensor__') {
    const history = isObject(value.config) ? value.config.keras_history : undefined;
    if (isReference(history)) return note(history, inputs);
    throw refuse(`${place}: expected the layer that a tensor comes from`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, replaceTensors(item, inputs, place, refuse)]),
  );
}

function note(reference: readonly unknown[], inputs: TensorReference[]): { input: number } {
  inputs.push(toReference(reference) as TensorReference);
  return { input: inputs.length - 1 };
}

function isReference(value: unknown): value is [string, number, number?, unknown?] {
  return toReference(value) !== undefined;
}

function toReference(value: unknown): TensorReference | undefined {
  if (!Array.isArray(value)) return undefined;
  const [layer, call, output = 0] = value;
  const isCount = (count: unknown) => Number.isSafeInteger(count) && (count as number) >= 0;
  return typeof layer === 'string' && isCount(call) && isCount(output) ? { layer, call, output } : undefined;
}

/** `input_layers` and `output_layers`: one reference, a list of them, or an object whose values they are. */
export function readReferences(value: unknown, place: string, refuse: RefuseFile): TensorReference[] {
  const reference = toReference(value);
  if (reference !== undefined) return [reference];
  const isContainer = Array.isArray(value) || isObject(value);
  if (!isContainer) throw refuse(`${place}: expected the name of a layer and the number of its call`);
  return Object.values(value).flatMap((item) => readReferences(item, place, refuse));
}
