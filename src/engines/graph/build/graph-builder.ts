import {
  type Attribute,
  type DataType,
  elementType,
  type GraphNode,
  type TensorValue,
} from '../../../backend/native/saved-model.js';

/** One output of a node in the graph being built. */
export interface GraphTensor {
  /** `node`, or `node:1` for a further output: the name to fetch it by */
  readonly name: string;
  readonly type: DataType;
}

/** A node while its graph is being built. */
export interface BuiltNode {
  readonly op: string;
  /** the first output */
  readonly output: GraphTensor;
  /** exchanged by rewrites, see exchange.ts */
  inputs: readonly GraphTensor[];
  /** nodes that must have run before */
  readonly after: readonly GraphTensor[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** the layer that it is a part of; undefined outside of layers */
  readonly layer: string | undefined;
}

/** A number, or lists of them. */
export type Numbers = number | readonly Numbers[];

interface NodeOptions {
  /** default: the op's name; made unique within the graph */
  name?: string;
  /** element type of the first output; default: that of the first input */
  type?: DataType;
  /** nodes that must have run before */
  after?: readonly GraphTensor[];
}

/** Collects the nodes of one TensorFlow graph. */
export class GraphBuilder {
  /** each node after those that it takes from */
  readonly built: BuiltNode[] = [];
  readonly #byName = new Map<string, BuiltNode>();
  readonly #constants = new Map<string, GraphTensor>();
  #scope = '';
  #layer: string | undefined;

  /** The nodes as TensorFlow takes them. */
  get nodes(): GraphNode[] {
    return this.built.map(({ output, op, inputs, after, attributes }) => {
      const order = new Set(after.map((tensor) => `^${nodeName(tensor)}`));
      return { name: output.name, op, inputs: [...inputs.map(({ name }) => name), ...order], attributes };
    });
  }

  /** Names of nodes added by `build` start with `scope/`, so that TensorFlow's messages and profiles can be read. */
  scoped<T>(scope: string, build: () => T): T {
    const outer = this.#scope;
    this.#scope = `${outer}${scope}/`;
    try {
      return build();
    } finally {
      this.#scope = outer;
    }
  }

  /** Nodes added by `build` are a part of the layer, also by their names. */
  inLayer<T>(layer: string, build: () => T): T {
    const outer = this.#layer;
    this.#layer = layer;
    try {
      return this.scoped(layer, build);
    } finally {
      this.#layer = outer;
    }
  }

  /** Adds one operation and returns its first output. */
  add(
    op: string,
    inputs: readonly GraphTensor[],
    attributes: Readonly<Record<string, Attribute>> = {},
    { name = op, type = inputs[0]?.type ?? 'float', after = [] }: NodeOptions = {},
  ): GraphTensor {
    const output = { name: this.#uniqueName(`${this.#scope}${name}`), type };
    return this.#insert({ op, output, inputs, after, attributes, layer: this.#layer });
  }

  /** A further output of the operation whose first output is `first`. */
  output(first: GraphTensor, index: number, type: DataType = first.type): GraphTensor {
    return { name: `${first.name}:${index}`, type };
  }

  /** The node that a tensor comes from. */
  nodeOf(tensor: GraphTensor): BuiltNode {
    return this.#byName.get(nodeName(tensor)) as BuiltNode;
  }

  /** A value fed at every run. Unknown sizes are -1. */
  placeholder(name: string, shape: readonly number[], type: DataType = 'float'): GraphTensor {
    return this.add('Placeholder', [], { dtype: { type }, shape: { shape } }, { name, type });
  }

  /** A float constant; the same one is made only once. */
  scalar(value: number): GraphTensor {
    return this.#constant({ shape: [], values: Float32Array.of(value) });
  }

  /** Constant floats, in lists of equal lengths. */
  numbers(values: Numbers): GraphTensor {
    const shape: number[] = [];
    for (let part = values; typeof part !== 'number'; part = part[0] ?? 0) shape.push(part.length);
    const flatten = (part: Numbers): number[] => (typeof part === 'number' ? [part] : part.flatMap(flatten));
    return this.#constant({ shape, values: Float32Array.from(flatten(values)) });
  }

  /** What ops take for an optional vector. */
  emptyVector(): GraphTensor {
    return this.#constant({ shape: [0], values: new Float32Array(0) });
  }

  doubleScalar(value: number): GraphTensor {
    return this.#constant({ shape: [], values: Float64Array.of(value) });
  }

  integer(value: number): GraphTensor {
    return this.#constant({ shape: [], values: Int32Array.of(value) });
  }

  /** Constants of int32, by default a vector: axes, sizes. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): GraphTensor {
    return this.#constant({ shape, values: Int32Array.from(values) });
  }

  #constant(tensor: TensorValue): GraphTensor {
    const type = elementType(tensor.values);
    const key = `${type}[${tensor.shape}]${tensor.values}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const output = { name: this.#uniqueName(`constants/${type}`), type };
    const attributes = { dtype: { type }, value: { tensor } };
    this.#constants.set(key, output);
    return this.#insert({ op: 'Const', output, inputs: [], after: [], attributes, layer: undefined });
  }

  #insert(node: BuiltNode): GraphTensor {
    this.built.push(node);
    this.#byName.set(node.output.name, node);
    return node.output;
  }

  #uniqueName(wanted: string): string {
    // Layer names are the user's; TensorFlow allows less in a node's name.
    const base = wanted.replace(/[^A-Za-z0-9_./-]/g, '_').replace(/^[^A-Za-z0-9.]/, 'n$&');
    let name = base;
    for (let count = 1; this.#byName.has(name); count++) name = `${base}_${count}`;
    return name;
  }
}

/** Of the node that a tensor comes from. */
export function nodeName({ name }: GraphTensor): string {
  return name.split(':', 1)[0] as string;
}
