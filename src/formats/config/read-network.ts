// A network's configuration, as Keras 1 to 3 and TensorFlow.js write it, as plain data.

import type { RefuseFile } from '../bad-model.js';
import { layersAtMost } from '../limits.js';
import type { TensorReference } from '../network-definition.js';
import { countCallsFromZero } from './count-calls.js';
import { findInputShape } from './input-shape.js';
import { isObject, type Json, requireList, requireObject, requireText } from './json.js';
import { isNetworkClass, type NestedLayer, type NestedNetwork } from './nested-network.js';
import { normalizeConfig } from './normalize-config.js';
import { isKerasOperation, isTensorFlowFunction, readKerasOperation, translateFunction } from './operations.js';
import { readCall, readReferences } from './read-calls.js';
import { refuseCustom } from './refuse-custom.js';

/** What goes along through all networks within a network. */
interface Reading {
  readonly refuse: RefuseFile;
  readonly isKeras2: boolean;
  layerCount: number;
}

/**
 * @param model `{ class_name, config }`
 * @param origin which Keras wrote it; without one TensorFlow.js, which does as Keras 2 does
 * @throws what `refuse` makes of something else, or of layers that only their author's code can build
 */
export function readNetwork(
  model: unknown,
  { kerasVersion }: { kerasVersion: unknown },
  refuse: RefuseFile,
): NestedNetwork {
  const isKeras2 = !/^[3-9]/.test(String(kerasVersion));
  return readModel(requireObject(model, 'the configuration', refuse), undefined, {
    refuse,
    isKeras2,
    layerCount: 0,
  });
}

function readModel(model: Json, name: string | undefined, reading: Reading): NestedNetwork {
  const { refuse } = reading;
  const className = requireText(model.class_name, 'class_name of the network', refuse);
  if (!isNetworkClass(className)) {
    throw refuse(`it is a network of the class ${className}, which only its own Python code can build`, {
      hint: 'Save a Sequential or a functional network of Keras (keras.Model(inputs, outputs)).',
    });
  }
  // Keras 1 had the layers of a sequential model for its configuration.
  const config: Json = Array.isArray(model.config)
    ? { layers: model.config }
    : requireObject(model.config, `config of ${className}`, refuse);
  const layers = requireList(config.layers, `layers of ${className}`, refuse);
  reading.layerCount += layers.length;
  if (reading.layerCount > layersAtMost) {
    throw refuse(`expected a network of at most ${layersAtMost} layers, found ${reading.layerCount} or more`);
  }
  const own = name ?? (typeof config.name === 'string' ? config.name : className.toLowerCase());
  if (layers.length === 0) throw refuse(`its network ${own} has no layers`);
  const objects = layers.map((layer, index) => requireObject(layer, `layer ${index} of ${own}`, refuse));
  return className === 'Sequential'
    ? readSequential(own, objects, config, reading)
    : readFunctional(own, objects, config, reading);
}

function readSequential(name: string, layers: readonly Json[], config: Json, reading: Reading): NestedNetwork {
  const result: NestedLayer[] = [];
  let previous: TensorReference[] = [];
  const add = (layer: NestedLayer) => {
    result.push({
      ...layer,
      calls: [{ inputs: previous, arguments: previous.map((_, input) => ({ input })), keywords: {} }],
    });
    previous = [{ layer: layer.name, call: 0, output: 0 }];
  };
  const first = layers[0] as Json;
  if (first.class_name !== 'InputLayer') {
    const implied = { kind: 'InputLayer', isOperation: false, calls: [], isImplied: true } as const;
    const batchShape = findInputShape(first) ?? config.build_input_shape ?? null;
    add({ ...implied, name: `${nameOf(first, reading)}_input`, config: { batch_shape: batchShape, dtype: 'float32' } });
  }
  const names = new Set(result.map((layer) => layer.name));
  for (const layer of layers) {
    let own = nameOf(layer, reading);
    while (names.has(own)) own = nextName(own); // Teachable Machine calls both halves `sequential`
    names.add(own);
    add(readLayer(layer, own, reading));
  }
  const inputs = [{ layer: (result[0] as NestedLayer).name, call: 0, output: 0 }];
  return { name, isSequential: true, layers: result, inputs, outputs: previous };
}

function readFunctional(name: string, layers: readonly Json[], config: Json, reading: Reading): NestedNetwork {
  const { refuse } = reading;
  const result = layers.map((layer) => readCalledLayer(layer, reading));
  const inputs = readReferences(config.input_layers, `input_layers of ${name}`, refuse);
  const outputs = readReferences(config.output_layers, `output_layers of ${name}`, refuse);
  const countsMaking = layers.some(({ inbound_nodes: nodes }) => Array.isArray(nodes) && Array.isArray(nodes[0]));
  const network = { name, isSequential: false, layers: result, inputs, outputs };
  return countsMaking ? countCallsFromZero(network) : network;
}

function readCalledLayer(layer: Json, reading: Reading): NestedLayer {
  const { refuse } = reading;
  const name = nameOf(layer, reading);
  const nodes = requireList(layer.inbound_nodes ?? [], `inbound_nodes of ${name}`, refuse);
  const calls = nodes.map((node, index) => readCall(node, `inbound_nodes ${index} of ${name}`, refuse));
  const kind = requireText(layer.class_name, `class_name of the layer ${name}`, refuse);
  if (isKerasOperation(layer)) return { name, kind, isOperation: true, config: readKerasOperation(layer), calls };
  if (isTensorFlowFunction(kind)) {
    return {
      name,
      ...translateFunction(requireObject(layer.config, `config of ${name}`, refuse), calls, name, refuse),
    };
  }
  const read = readLayer(layer, name, reading);
  return { ...read, calls: kind === 'InputLayer' ? [{ inputs: [], arguments: [], keywords: {} }] : calls };
}

function readLayer(layer: Json, name: string, reading: Reading): NestedLayer {
  const { refuse } = reading;
  const kind = requireText(layer.class_name, `class_name of the layer ${name}`, refuse);
  const base = { name, kind, isOperation: false, calls: [] };
  if (isNetworkClass(kind)) return { ...base, config: {}, network: readModel(layer, name, reading) };
  refuseCustom(layer, kind, name, refuse);
  const config = requireObject(layer.config ?? {}, `config of the layer ${name}`, refuse);
  return { ...base, config: normalizeConfig(kind, config, name, reading) };
}

function nameOf(layer: Json, { refuse }: Reading): string {
  const kind = requireText(layer.class_name, 'class_name of a layer', refuse);
  const given = layer.name ?? (isObject(layer.config) ? layer.config.name : undefined);
  // TensorFlow.js leaves out the names of networks.
  return given === undefined && isNetworkClass(kind)
    ? kind.toLowerCase()
    : requireText(given, `name of a layer (${kind.slice(0, 60)})`, refuse);
}

/** `dense` becomes `dense_1`, `dense_1` becomes `dense_2`. */
function nextName(name: string): string {
  const number = /_(\d+)$/.exec(name);
  return number === null ? `${name}_1` : `${name.slice(0, number.index)}_${Number(number[1]) + 1}`;
}
