// Encodes a graph's nodes as a SavedModel file.

import { bytesField, floatField, join, messageField, packedVarintField, varintField } from '../../base/protobuf.js';

/** The element types that graphs of ours use, with their numbers in TensorFlow's types.proto. */
const DATA_TYPES = {
  float: 1,
  double: 2,
  int32: 3,
  uint8: 4,
  string: 7,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const;

export type DataType = keyof typeof DATA_TYPES;

/** A constant's value; the array's kind decides the element type. */
export interface TensorValue {
  shape: readonly number[];
  values: Float32Array | Float64Array | Int32Array;
}

/** One attribute of a node, by its kind in attr_value.proto. A shape's -1 is an unknown size. */
export type Attribute =
  | { type: DataType }
  | { int: number }
  | { float: number }
  | { bool: boolean }
  | { string: string }
  | { shape: readonly number[] }
  | { ints: readonly number[] }
  | { types: readonly DataType[] }
  | { shapes: readonly (readonly number[])[] }
  | { tensor: TensorValue }
  /** a vector */
  | { texts: readonly string[] }
  /** a function of the graph, by its name */
  | { function: string };

/** One operation of a TensorFlow graph. Inputs are `node`, `node:1`, or `^node` for "runs after". */
export interface GraphNode {
  name: string;
  op: string;
  inputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
  /** where it has to run; absent: wherever TensorFlow likes */
  device?: string;
}

/** A function that ops of a graph call: inputs of its nodes are one of its arguments, or `node:NAME:0` for an output by its name in the op's definition. */
export interface GraphFunction {
  name: string;
  /** element types, by name */
  inputs: Readonly<Record<string, DataType>>;
  output: { type: DataType; from: string };
  nodes: readonly GraphNode[];
}

// Any version that TensorFlow 2 still reads; it only decides how old ops are interpreted.
const GRAPH_VERSION = 1882;

/** An output of a node as those who serve the model see it. */
export interface SignatureTensor {
  /** of the node */
  node: string;
  type: DataType;
  /** -1: any size */
  shape: readonly number[];
}

/** A function that the model offers, its inputs and outputs by their names. */
export interface Signature {
  inputs: Readonly<Record<string, SignatureTensor>>;
  outputs: Readonly<Record<string, SignatureTensor>>;
}

/** What a file holds besides its graph's nodes. */
interface SavedModelParts {
  /** by name, for programs that find the graph's inputs and outputs by them */
  signatures?: Readonly<Record<string, Signature>>;
  /** a text that says who made it */
  version?: string;
  /** that nodes of the graph call */
  functions?: readonly GraphFunction[];
}

/** The bytes of a saved_model.pb that holds the graph under the tag `serve`, without variables. */
export function encodeSavedModel(
  nodes: readonly GraphNode[],
  { signatures = {}, version, functions = [] }: SavedModelParts = {},
): Uint8Array {
  const graphDef = graphFields(nodes, functions);
  const metaInfo = messageField(1, [
    ...(version === undefined ? [] : [bytesField(1, version)]),
    bytesField(4, 'serve'),
  ]);
  const named = Object.entries(signatures).map(([name, signature]) => mapEntry(5, name, signatureFields(signature)));
  return join([varintField(1, 1), messageField(2, [metaInfo, messageField(2, graphDef), ...named])]);
}

/** The bytes of a GraphDef. */
export function encodeGraph(nodes: readonly GraphNode[]): Uint8Array {
  return join(graphFields(nodes, []));
}

function graphFields(nodes: readonly GraphNode[], functions: readonly GraphFunction[]): Uint8Array[] {
  const library = functions.map((called) => messageField(1, functionFields(called)));
  return [
    ...nodes.map((node) => messageField(1, nodeFields(node))),
    ...(library.length === 0 ? [] : [messageField(2, library)]),
    messageField(4, [varintField(1, GRAPH_VERSION)]),
  ];
}

/** SignatureDef of meta_graph.proto. */
function signatureFields({ inputs, outputs }: Signature): Uint8Array[] {
  const tensors = (field: number, named: Signature['inputs']) =>
    Object.entries(named).map(([name, { node, type, shape }]) =>
      mapEntry(field, name, [
        bytesField(1, `${node}:0`),
        varintField(2, DATA_TYPES[type]),
        messageField(3, shapeFields(shape)),
      ]),
    );
  return [...tensors(1, inputs), ...tensors(2, outputs), bytesField(3, 'tensorflow/serving/predict')];
}

/** FunctionDef of function.proto. */
function functionFields({ name, inputs, output, nodes }: GraphFunction): Uint8Array[] {
  const argument = (field: number, key: string, type: DataType) =>
    messageField(field, [bytesField(1, key), varintField(3, DATA_TYPES[type])]);
  const signature = [
    bytesField(1, name),
    ...Object.entries(inputs).map(([key, type]) => argument(2, key, type)),
    argument(3, 'output', output.type),
  ];
  return [
    messageField(1, signature),
    ...nodes.map((node) => messageField(3, nodeFields(node))),
    messageField(4, [bytesField(1, 'output'), bytesField(2, output.from)]),
  ];
}

function mapEntry(field: number, key: string, value: Uint8Array[]): Uint8Array {
  return messageField(field, [bytesField(1, key), messageField(2, value)]);
}

function nodeFields(node: GraphNode): Uint8Array[] {
  return [
    bytesField(1, node.name),
    bytesField(2, node.op),
    ...node.inputs.map((input) => bytesField(3, input)),
    ...(node.device === undefined ? [] : [bytesField(4, node.device)]),
    ...Object.entries(node.attributes).map(([key, value]) => mapEntry(5, key, [attributeField(value)])),
  ];
}

function attributeField(attribute: Attribute): Uint8Array {
  if ('string' in attribute) return bytesField(2, attribute.string);
  if ('int' in attribute) return varintField(3, attribute.int);
  if ('float' in attribute) return floatField(4, attribute.float);
  if ('bool' in attribute) return varintField(5, attribute.bool);
  if ('type' in attribute) return varintField(6, DATA_TYPES[attribute.type]);
  if ('shape' in attribute) return messageField(7, shapeFields(attribute.shape));
  if ('ints' in attribute) return messageField(1, [packedVarintField(3, attribute.ints)]);
  if ('types' in attribute) {
    const types = attribute.types.map((type) => DATA_TYPES[type]);
    return messageField(1, [packedVarintField(6, types)]);
  }
  if ('shapes' in attribute) {
    const shapes = attribute.shapes.map((shape) => messageField(7, shapeFields(shape)));
    return messageField(1, shapes);
  }
  if ('tensor' in attribute) return messageField(8, tensorFields(attribute.tensor));
  if ('function' in attribute) return messageField(10, [bytesField(1, attribute.function)]);
  return messageField(8, textFields(attribute.texts));
}

function shapeFields(shape: readonly number[]): Uint8Array[] {
  return shape.map((size) => messageField(2, [varintField(1, size)]));
}

function tensorFields({ shape, values }: TensorValue): Uint8Array[] {
  return [
    varintField(1, DATA_TYPES[elementType(values)]),
    messageField(2, shapeFields(shape)),
    bytesField(4, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ];
}

function textFields(texts: readonly string[]): Uint8Array[] {
  const shape = messageField(2, shapeFields([texts.length]));
  return [varintField(1, DATA_TYPES.string), shape, ...texts.map((text) => bytesField(8, text))];
}

/** The TensorFlow type of an array's elements. */
export function elementType(values: TensorValue['values']): DataType {
  if (values instanceof Float32Array) return 'float';
  return values instanceof Float64Array ? 'double' : 'int32';
}
