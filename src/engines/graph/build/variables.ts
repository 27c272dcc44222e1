// Variables in a graph.

import type { GraphBuilder, GraphTensor } from './graph-builder.js';

/** A float tensor that lives in the session between runs. */
export interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  /** the resource that update ops take */
  readonly handle: GraphTensor;
  /** its value; a run that also updates the variable reads it as it was before */
  readonly value: GraphTensor;
  /** feed `input`, fetch `assigned`: sets the variable */
  readonly input: GraphTensor;
  readonly assigned: GraphTensor;
}

export function declareVariable(graph: GraphBuilder, name: string, shape: readonly number[]): Variable {
  return graph.scoped(name, () => {
    const type = { type: 'float' } as const;
    const handle = graph.add(
      'VarHandleOp',
      [],
      { dtype: type, shape: { shape }, shared_name: { string: name }, container: { string: '' } },
      { type: 'resource', name: 'handle' },
    );
    const value = graph.add('ReadVariableOp', [handle], { dtype: type }, { type: 'float', name: 'value' });
    const input = graph.placeholder('input', shape);
    const assign = assignVariable(graph, handle, input);
    const assigned = graph.add('Identity', [graph.scalar(1)], { T: type }, { name: 'assigned', after: [assign] });
    return { name, shape, handle, value, input, assigned };
  });
}

/** Sets a variable; the result is only good for running after it. */
export function assignVariable(graph: GraphBuilder, handle: GraphTensor, value: GraphTensor): GraphTensor {
  return graph.add('AssignVariableOp', [handle, value], { dtype: { type: 'float' } }, { name: 'assign' });
}
