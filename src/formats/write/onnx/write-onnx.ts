// An ONNX file. The network takes and gives what it does in Keras: maps are [batch, height, width, channels] outside.

import { writeFile } from 'node:fs/promises';
import { EXPORT_FORMAT, type ExportContent, type ExportNotes, type ExportPlace } from '../export-content.js';
import { type ExportedCall, type ExportedLayer, type ExportedNetwork, refuseLayer } from '../exported-network.js';
import { onnxLayer } from './layer-kinds.js';
import { OnnxGraph, type OnnxName, type OnnxShape } from './onnx-graph.js';
import { isMap } from './onnx-layer.js';

/** @throws CnnvizError BAD_MODEL for a layer that ONNX has no counterpart of; the file system's errors */
export async function writeOnnx({ path }: ExportPlace, { network, notes }: ExportContent): Promise<void> {
  await writeFile(path, encodeOnnx(network, notes));
}

/**
 * The bytes of the file: one input, `pixels`, and the outputs `scores` and, where there are more, those by their layers' names.
 * Class names and preprocessing are JSON in its metadata.
 *
 * @throws CnnvizError BAD_MODEL for a layer that ONNX has no counterpart of
 */
export function encodeOnnx(network: ExportedNetwork, notes: ExportNotes): Uint8Array {
  const graph = new OnnxGraph();
  const input = { name: 'pixels', shape: network.inputShape };
  const tensors = new Map([[network.input, addInput(graph, input)]]);
  const sources = new Map<number, { layer: ExportedLayer; shape: OnnxShape }>();
  for (const { layer, call } of inOrder(network)) {
    tensors.set(call.output, addCall(graph, layer, call, tensors));
    sources.set(call.output, { layer, shape: call.outputShape });
  }
  const outputs = network.outputs.map((id, index) => {
    const { layer, shape } = sources.get(id) as { layer: ExportedLayer; shape: OnnxShape };
    return addOutput(graph, tensors.get(id) as OnnxName, { name: index === 0 ? 'scores' : layer.name, shape });
  });
  return graph.encode(network.name, { input, outputs }, describeNotes(notes));
}

/** The calls in the order in which they can be computed: a layer that is called again waits for what it gets. */
function inOrder({ layers, input }: ExportedNetwork): { layer: ExportedLayer; call: ExportedCall }[] {
  const known = new Set([input]);
  const ordered: { layer: ExportedLayer; call: ExportedCall }[] = [];
  let waiting = layers.flatMap((layer) => layer.calls.map((call) => ({ layer, call })));
  while (waiting.length > 0) {
    const ready = waiting.filter(({ call }) => call.inputs.every((id) => known.has(id)));
    for (const each of ready) known.add(each.call.output);
    ordered.push(...ready);
    waiting = waiting.filter((each) => !ready.includes(each));
  }
  return ordered;
}

function addCall(
  graph: OnnxGraph,
  layer: ExportedLayer,
  { inputs: ids, inputShapes, outputShape }: ExportedCall,
  tensors: ReadonlyMap<number, OnnxName>,
): OnnxName {
  const add = onnxLayer(layer);
  if (add === undefined) throw refuseLayer(layer, 'ONNX has no exact counterpart of it');
  const inputs = ids.map((id) => tensors.get(id) as OnnxName);
  const [input, inputShape] = [inputs[0] as OnnxName, inputShapes[0] as OnnxShape];
  return add({ graph, layer, inputs, input, inputShapes, inputShape, outputShape });
}

function addInput(graph: OnnxGraph, { name, shape }: { name: string; shape: OnnxShape }): OnnxName {
  return isMap(shape) ? graph.add('Transpose', [name], { perm: { ints: [0, 3, 1, 2] } }) : name;
}

function addOutput(graph: OnnxGraph, from: OnnxName, output: { name: string; shape: OnnxShape }) {
  if (isMap(output.shape)) graph.add('Transpose', [from], { perm: { ints: [0, 2, 3, 1] } }, output.name);
  else graph.add('Identity', [from], {}, output.name);
  return output;
}

function describeNotes({ classNames, preprocessing, cnnvizVersion }: ExportNotes): Record<string, string> {
  return {
    cnnviz: `${EXPORT_FORMAT} ${cnnvizVersion}`,
    ...(classNames.length > 0 && { classes: JSON.stringify(classNames) }),
    preprocessing: JSON.stringify(preprocessing),
  };
}
