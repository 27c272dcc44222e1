// Finds the dense layer that gives a network's scores.

import type { LayerComputation } from '../../network/computation.js';
import type { ScoringLayer } from '../../page/score/summarize-score.js';

/** The layer whose outputs become the network's output by a sigmoid, a softmax or as they are; undefined without one. */
export function findScoringLayer(
  layers: readonly LayerComputation[],
  outputName: string | undefined,
): ScoringLayer | undefined {
  let layer = layers.find(({ name }) => name === outputName);
  let activation = 'linear';
  while (layer !== undefined && layer.rule.type !== 'dense') {
    const { rule, inputs } = layer;
    if (rule.type === 'activation' && activation === 'linear') activation = rule.activation.name;
    else if (rule.type !== 'flatten') return undefined;
    layer = layers.find(({ name }) => name === inputs[0]);
  }
  if (layer?.rule.type !== 'dense' || layer.weights.kernel === undefined) return undefined;
  const own = layer.rule.activation.name;
  if (own !== 'linear' && activation !== 'linear') return undefined;
  const link = own === 'linear' ? activation : own;
  if (link !== 'sigmoid' && link !== 'softmax' && link !== 'linear') return undefined;
  const { kernel, bias } = layer.weights;
  return {
    layer: layer.name,
    before: layer.inputs[0] as string,
    link: link === 'linear' ? null : link,
    kernel,
    ...(bias && { bias }),
  };
}
