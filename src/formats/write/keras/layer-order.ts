// The order that Keras 3 gives a functional network's layers once it has built it (keras/src/ops/function.py, `map_graph`): by it, and
// not by their names, the weights of both kinds of files find their layers.

import type { ExportedCall, ExportedLayer, ExportedNetwork } from '../exported-network.js';

interface Node {
  readonly layer: ExportedLayer;
  readonly call: ExportedCall;
}

/** The layers that are farthest from the outputs first; of those as far, the one that is met first on the way back from them. */
export function orderLayers(network: ExportedNetwork): ExportedLayer[] {
  const { nodes, met, source } = traverse(network);
  const nodeDepths = new Map<Node, number>();
  const layerDepths = new Map<ExportedLayer, number>();
  for (const node of nodes.reverse()) {
    const depth = Math.max(nodeDepths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
    layerDepths.set(node.layer, depth);
    nodeDepths.set(node, depth);
    for (const id of node.call.inputs) {
      const parent = source.get(id);
      if (parent !== undefined) nodeDepths.set(parent, Math.max(depth + 1, nodeDepths.get(parent) ?? 0));
    }
  }
  const depthOf = (layer: ExportedLayer) => layerDepths.get(layer) as number;
  return [...met].sort((a, b) => depthOf(b) - depthOf(a));
}

/** From each output back to the input. @returns calls, each after those that it gets something from; layers as they are met */
function traverse({ layers, outputs }: ExportedNetwork) {
  const all = layers.flatMap((layer) => layer.calls.map((call): Node => ({ layer, call })));
  const source = new Map(all.map((node) => [node.call.output, node]));
  const finished = new Set<Node>();
  const met = new Set<ExportedLayer>();
  const visit = (id: number): void => {
    const node = source.get(id);
    if (node === undefined || finished.has(node)) return;
    met.add(node.layer);
    for (const input of node.call.inputs) visit(input);
    finished.add(node);
  };
  for (const id of outputs) visit(id);
  return { nodes: [...finished], met, source };
}
