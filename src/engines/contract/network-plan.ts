// What a model computes, call by call, whichever engine computes it.

import { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import type { NetworkLayer } from './engine.js';
import { findOutputKind } from './find-output-kind.js';
import { kindOf } from './layer-kind.js';
import type { OutputKind } from './output-kind.js';
import { readLayerSettings } from './read-layer-settings.js';
import { findReceptiveFields } from './receptive-fields.js';
import { findValueRanges } from './value-ranges.js';

/** One call of a layer. A layer that is called several times has several, a network within the network none of its own. */
export interface LayerCall {
  /** see NetworkLayer */
  readonly name: string;
  readonly layer: tf.layers.Layer;
  /** the tensors that it gets: outputs of other calls, or the network's input */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** with the batch */
  readonly inputShapes: readonly tf.Shape[];
  readonly outputShapes: readonly tf.Shape[];
}

/** A model as the calls that its outputs depend on. */
export interface NetworkPlan {
  readonly input: number;
  readonly inputShape: readonly number[];
  /** each after those that it gets something from */
  readonly calls: readonly LayerCall[];
  /** those with one output, in the order of the model's layers */
  readonly shown: readonly LayerCall[];
  /** of `shown`, one each */
  readonly layers: readonly NetworkLayer[];
  readonly outputs: readonly LayerCall[];
  /** see Engine */
  readonly scoreCount: number | null;
  /** see Engine */
  readonly outputKind: OutputKind;
}

/** @throws CnnvizError BAD_MODEL for a network that does not take one image, or whose outputs are no layers' own */
export function readPlan(model: tf.LayersModel): NetworkPlan {
  const [input, ...others] = model.inputs as [tf.SymbolicTensor, ...tf.SymbolicTensor[]];
  if (others.length > 0) {
    throw refuse(`takes several inputs (${model.inputNames.join(', ')}): expected one, the image`);
  }
  const reader = new PlanReader();
  const { outputs: ids, shown } = reader.readContainer(model, [0], '');
  const outputs = [...new Set(ids)].map((id) => {
    const call = shown.find(({ outputs }) => outputs[0] === id);
    if (call !== undefined) return call;
    throw refuse('has an output that no layer gives alone: expected layers with one output each');
  });
  const ranges = findValueRanges(reader.calls);
  const fields = findReceptiveFields(reader.calls, { id: 0, shape: input.shape.slice(1) });
  const givers = new Map(reader.calls.flatMap(({ name, outputs }) => outputs.map((id) => [id, name] as const)));
  const [size, ...more] = outputs.length === 1 ? (outputs[0]?.outputShapes[0]?.slice(1) ?? []) : [];
  const scoreCount = more.length === 0 ? (size ?? null) : null;
  return {
    input: 0,
    inputShape: input.shape.slice(1) as number[],
    calls: reader.calls,
    shown,
    layers: shown.map((call) => ({
      name: call.name,
      kind: kindOf(call.layer),
      shape: call.outputShapes[0]?.slice(1) as number[],
      parameterCount: call.layer.countParams(),
      range: ranges.get(call) ?? null,
      flattened: findFlattened(call),
      field: fields.get(call) ?? null,
      inputs: call.inputs.map((id) => givers.get(id) ?? ''),
      settings: readLayerSettings(call.layer),
    })),
    outputs,
    scoreCount,
    outputKind: findOutputKind(reader.calls, outputs, scoreCount),
  };
}

function findFlattened({ layer, inputShapes: [shape] }: LayerCall): number[] | null {
  if (kindOf(layer) !== 'Flatten' || layer.getConfig().dataFormat === 'channelsFirst') return null;
  return shape?.length === 4 ? (shape.slice(1) as number[]) : null;
}

function refuse(problem: string): CnnvizError {
  return new CnnvizError('BAD_MODEL', `the network ${problem}`);
}

type LayerNode = tf.layers.Layer['inboundNodes'][number];

class PlanReader {
  /** each after those that it gets something from */
  readonly calls: LayerCall[] = [];
  /** 0 is the network's input */
  #nextId = 1;

  /** Reads the calls of a network, those of networks within it in their place. @param inputs the tensors that it gets */
  readContainer(container: tf.LayersModel, inputs: readonly number[], prefix: string) {
    const ids = new Map(container.inputs.map((tensor, index) => [tensor.id, inputs[index] as number]));
    const idsOf = (tensors: readonly tf.SymbolicTensor[]) => tensors.map(({ id }) => ids.get(id) as number);
    const places = placeLayers(container, prefix);
    const nodes = findNodes(container);
    const shown = new Map<tf.layers.Layer, LayerCall[]>();
    for (const node of nodes) {
      const layer = node.outboundLayer;
      const own = nodes.filter(({ outboundLayer }) => outboundLayer === layer);
      const name = `${places.get(layer)}${own.length > 1 ? `#${own.indexOf(node) + 1}` : ''}`;
      const from = idsOf(node.inputTensors);
      const read =
        layer instanceof tf.LayersModel
          ? this.readContainer(layer, from, `${name}/`)
          : this.#readCall(node, name, from);
      node.outputTensors.forEach(({ id }, index) => {
        ids.set(id, read.outputs[index] as number);
      });
      shown.set(layer, [...(shown.get(layer) ?? []), ...read.shown]);
    }
    const inOrder = [...places.keys()].flatMap((layer) => shown.get(layer) ?? []);
    return { outputs: idsOf(container.outputs), shown: inOrder };
  }

  #readCall({ outboundLayer: layer, inputTensors, outputTensors }: LayerNode, name: string, inputs: readonly number[]) {
    const outputs = outputTensors.map(() => this.#nextId++);
    const call = {
      ...{ name, layer, inputs, outputs },
      inputShapes: inputTensors.map(({ shape }) => shape),
      outputShapes: outputTensors.map(({ shape }) => shape),
    };
    this.calls.push(call);
    return { outputs, shown: outputs.length === 1 ? [call] : [] };
  }
}

/** The names of a network's layers; also those within a network that it begins with, which tfjs takes apart itself. */
function placeLayers(container: tf.LayersModel, prefix: string): Map<tf.layers.Layer, string> {
  return new Map(
    container.layers.flatMap((layer): [tf.layers.Layer, string][] => {
      const name = `${prefix}${layer.name}`;
      const inner = layer instanceof tf.LayersModel ? placeLayers(layer, `${name}/`) : [];
      return [[layer, name], ...inner];
    }),
  );
}

/** All that a network's outputs depend on, each after what it takes from. */
function findNodes({ inputs, outputs }: tf.LayersModel): LayerNode[] {
  const given = new Set(inputs.map(({ id }) => id));
  const nodes = new Set<LayerNode>();
  const visit = (tensor: tf.SymbolicTensor): void => {
    const node = tensor.sourceLayer.inboundNodes[tensor.nodeIndex] as LayerNode;
    if (given.has(tensor.id) || nodes.has(node)) return;
    for (const each of node.inputTensors) visit(each);
    nodes.add(node);
  };
  for (const tensor of outputs) visit(tensor);
  return [...nodes];
}
