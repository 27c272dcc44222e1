import { type BuiltNode, type GraphBuilder, type GraphTensor, nodeName } from '../build/graph-builder.js';

/** Who takes an output of a node, or waits for it. */
export function usersOf({ built }: GraphBuilder, { output }: BuiltNode): BuiltNode[] {
  const takes = (tensor: GraphTensor) => nodeName(tensor) === output.name;
  return built.filter(({ inputs, after }) => inputs.some(takes) || after.some(takes));
}

/** A node and the place of the input in it that is meant. */
export interface Seat {
  readonly node: BuiltNode;
  readonly place: number;
}

/**
 * Lets two nodes that follow each other change places: x -> first -> second becomes x -> second -> first, and who took
 * from `second` takes from `first`. Nobody else may use `first`.
 */
export function exchange(graph: GraphBuilder, first: Seat, second: Seat): void {
  const [before, after] = [first.node.output, second.node.output];
  for (const user of graph.built) {
    user.inputs = user.inputs.map((input) => (input.name === after.name ? before : input));
  }
  takeInstead(second, first.node.inputs[first.place] as GraphTensor);
  takeInstead(first, after);
  moveBefore(graph, second.node, first.node);
}

/** Adds a node that another one, which is there already, is to take from. */
export function addBefore(
  graph: GraphBuilder,
  user: BuiltNode,
  ...added: Parameters<GraphBuilder['add']>
): GraphTensor {
  const output = graph.add(...added);
  moveBefore(graph, graph.nodeOf(output), user);
  return output;
}

function moveBefore({ built }: GraphBuilder, node: BuiltNode, other: BuiltNode): void {
  built.splice(built.indexOf(node), 1);
  built.splice(built.indexOf(other), 0, node);
}

/** Sets one input. */
export function takeInstead({ node, place }: Seat, input: GraphTensor): void {
  node.inputs = node.inputs.map((own, index) => (index === place ? input : own));
}
