import { type BuiltNode, type GraphBuilder, type GraphTensor, nodeName } from '../build/graph-builder.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { GRADIENT_RULES } from './rules.js';

/** Where a walk starts: a tensor, and how the scalar that is differentiated depends on it. */
export interface GradientStart {
  readonly tensor: GraphTensor;
  readonly gradient: GraphTensor;
}

/**
 * Adds how a scalar depends on tensors of the graph: one walk from `start` back to them, op by op by the rules. A tensor
 * that is used several times gets the sum over its uses; nothing is added for what does not lead to a wanted tensor.
 *
 * @param change what becomes of how the scalar depends on a tensor before it is passed on
 * @returns by the tensor's name; without those that `start` does not depend on
 * @throws UnsupportedByGraph for an op on the way that has no rule
 */
export function addGradients(
  graph: GraphBuilder,
  start: GradientStart,
  wanted: readonly GraphTensor[],
  change: (tensor: GraphTensor, gradient: GraphTensor) => GraphTensor = (_, gradient) => gradient,
): Map<string, GraphTensor> {
  const leading = findLeading(graph, wanted);
  const parts = new Map([[start.tensor.name, [start.gradient]]]);
  const gradients = new Map<string, GraphTensor>();
  // Nodes come after what they take from, so that a node is reached when all of its uses have been.
  for (const node of graph.built.toReversed()) {
    const uses = parts.get(node.output.name);
    if (!uses) continue;
    inGradientScope(graph, node, () => {
      const gradient = change(node.output, sum(graph, uses));
      gradients.set(node.output.name, gradient);
      for (const [input, part] of differentiate(graph, node, gradient, leading)) {
        parts.set(input.name, [...(parts.get(input.name) ?? []), part]);
      }
    });
  }
  const names = new Set(wanted.map(({ name }) => name));
  return new Map([...gradients].filter(([name]) => names.has(name)));
}

const SMOOTH_TYPES: ReadonlySet<GraphTensor['type']> = new Set(['bfloat16', 'double', 'float']);

/** The names of the wanted tensors and of all that smoothly depends on them: whole numbers and conditions do not. */
function findLeading(graph: GraphBuilder, wanted: readonly GraphTensor[]): Set<string> {
  const leading = new Set(wanted.map(({ name }) => name));
  for (const { output, inputs } of graph.built) {
    const isSmooth = SMOOTH_TYPES.has(output.type);
    if (isSmooth && inputs.some((input) => leading.has(nodeName(input)))) leading.add(output.name);
  }
  return leading;
}

/** The gradients of one node for those of its inputs that lead on. */
function differentiate(
  graph: GraphBuilder,
  node: BuiltNode,
  gradient: GraphTensor,
  leading: ReadonlySet<string>,
): [GraphTensor, GraphTensor][] {
  const { op, inputs, output } = node;
  const places = [...inputs.keys()].filter((place) => leading.has(nodeName(inputs[place] as GraphTensor)));
  if (places.length === 0) return [];
  const refuse = (reason: string) => new UnsupportedByGraph(node.layer ?? output.name, reason);
  const rule = GRADIENT_RULES.get(op);
  if (!rule) throw refuse(`the TensorFlow op ${op} has no gradient rule`);
  const derivatives = rule({ graph, node, output, gradient }, ...inputs);
  return places.map((place) => {
    const input = inputs[place] as GraphTensor;
    const derivative = derivatives[place];
    if (!derivative || input.name.includes(':'))
      throw refuse(`the TensorFlow op ${op} has no gradient for ${input.name}`);
    return [input, derivative()];
  });
}

function sum(graph: GraphBuilder, parts: readonly GraphTensor[]): GraphTensor {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  return graph.add('AddN', parts, { T: { type: first?.type ?? 'float' }, N: { int: parts.length } });
}

function inGradientScope(graph: GraphBuilder, { layer }: BuiltNode, build: () => void): void {
  graph.scoped('gradients', () => (layer === undefined ? build() : graph.inLayer(layer, build)));
}
