// Builds a network that a file of any format defines.

import { tf } from '../backend/tfjs/tensors.js';
import { CnnvizError } from '../base/errors.js';
import type {
  CallDefinition,
  LayerDefinition,
  NetworkDefinition,
  TensorReference,
  WeightReader,
} from '../formats/network-definition.js';
import { buildWithWeights, toTensorName } from './build-with-weights.js';
import { inOrder, keyOf } from './call-order.js';
import { makeLayer } from './layer-kinds.js';
import { refuseLayer } from './layer-settings.js';
import { makeOperation } from './operation-kinds.js';

/** Height and width of the images, for a network that leaves them open. */
export interface InputSize {
  height: number;
  width: number;
}

/**
 * Builds a network layer by layer, each with its weights. Its layers have their addresses for names, its weights
 * `address/kernel`, and what each layer gives is what Keras gives.
 *
 * @param size for a network whose input has none of its own
 * @throws CnnvizError BAD_MODEL naming the layer that cannot be built, and why
 */
export async function buildNetwork(
  definition: NetworkDefinition,
  readWeights: WeightReader,
  size?: InputSize,
): Promise<tf.LayersModel> {
  const builder = new NetworkBuilder(readWeights, size);
  try {
    for (const { layer, call, index } of inOrder(definition)) await builder.addCall(layer, call, index);
    const [inputs, outputs] = [definition.inputs, definition.outputs].map((references) => builder.find(references));
    return tf.model({
      inputs: inputs as tf.SymbolicTensor[],
      outputs: outputs as tf.SymbolicTensor[],
      name: definition.name,
    });
  } catch (error) {
    builder.dispose();
    throw error;
  }
}

class NetworkBuilder {
  readonly #readWeights: WeightReader;
  readonly #size: InputSize | undefined;
  readonly #tensors = new Map<string, tf.SymbolicTensor>();
  readonly #layers = new Map<string, tf.layers.Layer>();

  constructor(readWeights: WeightReader, size: InputSize | undefined) {
    this.#readWeights = readWeights;
    this.#size = size;
  }

  find(references: readonly TensorReference[]): tf.SymbolicTensor[] {
    return references.map((reference) => {
      const found = this.#tensors.get(keyOf(reference));
      if (found !== undefined) return found;
      throw refuseLayer(reference.layer, `has no output ${reference.output} of call ${reference.call}`);
    });
  }

  async addCall(definition: LayerDefinition, call: CallDefinition | undefined, index: number): Promise<void> {
    const { address, kind } = definition;
    try {
      const output = call === undefined ? this.#makeInput(definition) : await this.#apply(definition, call, index);
      this.#tensors.set(keyOf({ layer: address, call: index, output: 0 }), output);
    } catch (error) {
      // tfjs checks a layer's settings when it is made, called or given its weights.
      if (error instanceof CnnvizError || !(error instanceof Error)) throw error;
      const [reason = ''] = error.message.split('\n', 1);
      throw refuseLayer(address, `${kind} cannot be built (${reason})`, { cause: error });
    }
  }

  #makeInput({ address: name, config }: LayerDefinition): tf.SymbolicTensor {
    const shape = (config.batch_shape as (number | null)[] | undefined)?.slice(1) ?? [];
    if (shape.length === 3) {
      shape[0] ??= this.#size?.height ?? null;
      shape[1] ??= this.#size?.width ?? null;
    }
    const input = tf.input({ shape, dtype: 'float32', name: toTensorName(name) });
    input.sourceLayer.name = name;
    return input;
  }

  async #apply(definition: LayerDefinition, call: CallDefinition, index: number): Promise<tf.SymbolicTensor> {
    const { address } = definition;
    const inputs = this.find(call.inputs);
    const layer = this.#layerOf(definition, call, index, inputs);
    const apply = () =>
      layer.apply(inputs.length === 1 ? (inputs[0] as tf.SymbolicTensor) : inputs) as tf.SymbolicTensor;
    const weights = layer.built ? [] : await this.#readWeights(address);
    const output = buildWithWeights(layer, weights, apply);
    const shape = output.shape.slice(1);
    if (shape.every((size) => size === null || size >= 1)) return output;
    throw refuseLayer(address, `would put out [${shape}]: the network's images are too small`);
  }

  /** A layer's, which all of its calls share; an operation's arguments are those of one call. */
  #layerOf(
    definition: LayerDefinition,
    call: CallDefinition,
    index: number,
    inputs: tf.SymbolicTensor[],
  ): tf.layers.Layer {
    const { address } = definition;
    const shared = this.#layers.get(address) ?? makeLayer(definition, inputs[0]?.shape ?? []);
    if (shared !== undefined) {
      this.#layers.set(address, shared);
      return shared;
    }
    const named = index === 0 ? definition : { ...definition, address: `${address}_${index}` };
    const operation = makeOperation(named, call, inputs[0]?.rank ?? 0);
    if (operation === undefined) throw refuseUnknown(definition);
    return operation;
  }

  dispose(): void {
    for (const { weights } of this.#layers.values()) for (const weight of weights) weight.dispose();
  }
}

const HINTS: Readonly<Record<string, string>> = {
  Lambda:
    'A Lambda layer holds Python code, which is never run: rebuild the network with layers of Keras in its place.',
};

function refuseUnknown({ address, kind }: LayerDefinition): CnnvizError {
  return refuseLayer(address, `layers of kind ${kind} are not supported`, {
    hint: HINTS[kind] ?? 'Rebuild the network in Keras with standard layers in its place, and save it again.',
  });
}
