import {
  type Attribute,
  type DataType,
  elementType,
  type GraphNode,
  type TensorValue,
} from '../backend/native/saved-model.js';

/** One output of a node in the graph being built. */
export interface GraphTensor {
  /** `node`, or `node:1` for a further output: the name to fetch it by */
  readonly name: string;
  readonly type: DataType;
}

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
  readonly nodes: GraphNode[] = [];
  readonly #names = new Set<string>();
  readonly #constants = new Map<string, GraphTensor>();
  #scope = '';

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

  /** Adds one operation and returns its first output. */
  add(
    op: string,
    inputs: readonly GraphTensor[],
    attributes: Readonly<Record<string, Attribute>> = {},
    options: NodeOptions = {},
  ): GraphTensor {
    const name = this.#uniqueName(`${this.#scope}${options.name ?? op}`);
    const after = (options.after ?? []).map((tensor) => `^${nodeOf(tensor)}`);
    this.nodes.push({ name, op, inputs: [...inputs.map((input) => input.name), ...new Set(after)], attributes });
    return { name, type: options.type ?? inputs[0]?.type ?? 'float' };
  }

  /** A further output of the operation whose first output is `first`. */
  output(first: GraphTensor, index: number, type: DataType = first.type): GraphTensor {
    return { name: `${first.name}:${index}`, type };
  }

  /** A value fed at every run. Unknown sizes are -1. */
  placeholder(name: string, shape: readonly number[], type: DataType = 'float'): GraphTensor {
    return this.add('Placeholder', [], { dtype: { type }, shape: { shape } }, { name, type });
  }

  /** A float constant; the same one is made only once. */
  scalar(value: number): GraphTensor {
    return this.#constant({ shape: [], values: Float32Array.of(value) });
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

  /** A constant vector of int32: axes, sizes. */
  integers(values: readonly number[]): GraphTensor {
    return this.#constant({ shape: [values.length], values: Int32Array.from(values) });
  }

  #constant(tensor: TensorValue): GraphTensor {
    const type = elementType(tensor.values);
    const key = `${type}[${tensor.shape}]${tensor.values}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const name = this.#uniqueName(`constants/${type}`);
    this.nodes.push({ name, op: 'Const', inputs: [], attributes: { dtype: { type }, value: { tensor } } });
    const constant = { name, type };
    this.#constants.set(key, constant);
    return constant;
  }

  #uniqueName(wanted: string): string {
    // Layer names are the user's; TensorFlow allows less in a node's name.
    const base = wanted.replace(/[^A-Za-z0-9_./-]/g, '_').replace(/^[^A-Za-z0-9.]/, 'n$&');
    let name = base;
    for (let count = 1; this.#names.has(name); count++) name = `${base}_${count}`;
    this.#names.add(name);
    return name;
  }
}

function nodeOf(tensor: GraphTensor): string {
  return tensor.name.split(':', 1)[0] as string;
}
