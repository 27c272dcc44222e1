// A network as Keras 3 describes it in config.json: a list of layers, or layers with the calls made to them.

import type { ExportedNetwork } from '../exported-network.js';
import { type KerasLayer, toKerasLayer } from './keras-layer.js';
import { FLOAT_POLICY } from './layer-config.js';
import { orderLayers } from './layer-order.js';

/** Which output of which call of which layer a tensor is. */
type Place = readonly [layer: string, call: number, output: number];

/** A serialized Keras object. */
export interface KerasObject {
  readonly module: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly registered_name: string | null;
}

/** @throws CnnvizError BAD_MODEL for a layer that Keras does not have */
export function kerasNetwork(network: ExportedNetwork): KerasObject {
  return network.isSequential ? sequential(network) : functional(network);
}

function sequential(network: ExportedNetwork): KerasObject {
  const layers = [inputLayer(network), ...network.layers.map((layer) => kerasObject(toKerasLayer(layer)))];
  const { name, inputShape } = network;
  return {
    module: 'keras',
    class_name: 'Sequential',
    config: { name, trainable: true, dtype: FLOAT_POLICY, layers, build_input_shape: inputShape },
    registered_name: null,
  };
}

function functional(network: ExportedNetwork): KerasObject {
  const { name, inputName, inputShape, input, outputs } = network;
  const tensors = new Map<number, { place: Place; shape: readonly (number | null)[] }>();
  tensors.set(input, { place: [inputName, 0, 0], shape: inputShape });
  for (const layer of network.layers) {
    layer.calls.forEach(({ output, outputShape }, index) => {
      tensors.set(output, { place: [layer.name, index, 0], shape: outputShape });
    });
  }
  const tensor = (id: number) => {
    const { place, shape } = tensors.get(id) as { place: Place; shape: readonly (number | null)[] };
    return { class_name: '__keras_tensor__', config: { shape, dtype: 'float32', keras_history: place } };
  };
  const layers = orderLayers(network).map((layer) => {
    const { isMerging, ...rest } = toKerasLayer(layer);
    const inbound_nodes = layer.calls.map(({ inputs }) => {
      const given = inputs.map(tensor);
      return { args: isMerging ? [given] : given, kwargs: {} };
    });
    return { ...kerasObject(rest), name: layer.name, inbound_nodes };
  });
  const places = outputs.map((id) => tensors.get(id)?.place as Place);
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      ...{ name, trainable: true },
      layers: [{ ...inputLayer(network), name: inputName, inbound_nodes: [] }, ...layers],
      // One alone is written bare: a list would make the network expect and give lists.
      input_layers: [inputName, 0, 0],
      output_layers: places.length === 1 ? places[0] : places,
    },
    registered_name: 'Functional',
  };
}

function inputLayer({ inputName, inputShape }: ExportedNetwork): KerasObject {
  const config = { batch_shape: inputShape, dtype: 'float32', sparse: false, ragged: false, name: inputName };
  return { module: 'keras.layers', class_name: 'InputLayer', config, registered_name: null };
}

function kerasObject({ className, config }: Pick<KerasLayer, 'className' | 'config'>): KerasObject {
  return { module: 'keras.layers', class_name: className, config, registered_name: null };
}
