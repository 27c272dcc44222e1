// Collects the nodes of an ONNX graph and encodes it: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

import { bytesField, floatField, join, messageField, varintField } from '../../../base/protobuf.js';

const FLOAT = 1;
const INT64 = 7;
/** IR version 8 goes with opset 17. */
const IR_VERSION = 8;
const OPSET = 17;

/** A tensor of the graph, by its name. */
export type OnnxName = string;

/** null is a size that is known at run time. */
export type OnnxShape = readonly (number | null)[];

/** A node's attribute by its kind. */
export type OnnxAttribute = { int: number } | { float: number } | { ints: readonly number[] } | { text: string };

interface NamedShape {
  readonly name: OnnxName;
  readonly shape: OnnxShape;
}

/** A graph of opset 17. */
export class OnnxGraph {
  readonly #nodes: Uint8Array[] = [];
  readonly #constants: Uint8Array[] = [];
  #count = 0;

  /** Adds a node and returns its output. @param name of the output; default: a new one */
  add(
    op: string,
    inputs: readonly OnnxName[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    name: OnnxName = `${op}#${++this.#count}`,
  ): OnnxName {
    const fields = [
      ...inputs.map((input) => bytesField(1, input)),
      bytesField(2, name),
      bytesField(3, name),
      bytesField(4, op),
      ...Object.entries(attributes).map(([key, value]) => messageField(5, attributeFields(key, value))),
    ];
    this.#nodes.push(messageField(1, fields));
    return name;
  }

  /** Adds a constant of floats. */
  floats(shape: readonly number[], values: Float32Array): OnnxName {
    return this.#constant(FLOAT, shape, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  number(value: number): OnnxName {
    return this.floats([], Float32Array.of(value));
  }

  /** Adds a constant vector of int64: sizes, axes. */
  integers(values: readonly number[]): OnnxName {
    return this.#constant(INT64, [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  #constant(type: number, shape: readonly number[], bytes: Uint8Array): OnnxName {
    const name = `constant#${++this.#count}`;
    const sizes = shape.map((size) => varintField(1, size));
    this.#constants.push(messageField(5, [...sizes, varintField(2, type), bytesField(8, name), bytesField(9, bytes)]));
    return name;
  }

  /** The bytes of the file. @param properties texts that go along */
  encode(
    name: string,
    { input, outputs }: { input: NamedShape; outputs: readonly NamedShape[] },
    properties: Readonly<Record<string, string>>,
  ): Uint8Array {
    const graph = [
      ...this.#nodes,
      bytesField(2, name),
      ...this.#constants,
      messageField(11, valueFields(input)),
      ...outputs.map((output) => messageField(12, valueFields(output))),
    ];
    return join([
      varintField(1, IR_VERSION),
      bytesField(2, 'cnnviz'),
      messageField(7, graph),
      messageField(8, [varintField(2, OPSET)]),
      ...Object.entries(properties).map(([key, text]) => messageField(14, [bytesField(1, key), bytesField(2, text)])),
    ]);
  }
}

function attributeFields(name: string, attribute: OnnxAttribute): Uint8Array[] {
  const [value, type] = attributeValue(attribute);
  return [bytesField(1, name), ...value, varintField(20, type)];
}

function attributeValue(attribute: OnnxAttribute): [fields: Uint8Array[], type: number] {
  if ('float' in attribute) return [[floatField(2, attribute.float)], 1];
  if ('int' in attribute) return [[varintField(3, attribute.int)], 2];
  if ('text' in attribute) return [[bytesField(4, attribute.text)], 3];
  return [attribute.ints.map((value) => varintField(8, value)), 7];
}

/** A tensor of floats; the batch has the same name wherever it stands. */
function valueFields({ name, shape }: NamedShape): Uint8Array[] {
  const sizes = shape.map((size, axis) => {
    return messageField(1, [
      size === null ? bytesField(2, axis === 0 ? 'batch' : `size_${axis}`) : varintField(1, size),
    ]);
  });
  return [bytesField(1, name), messageField(2, [messageField(1, [varintField(1, FLOAT), messageField(2, sizes)])])];
}
