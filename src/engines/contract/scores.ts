// The part of an engine that explanations use.

import { CnnvizError } from '../../base/errors.js';
import type { Engine, NetworkLayer } from './engine.js';

/** A network's class scores and their gradients in inference. */
export interface ScoreNetwork
  extends Pick<
    Engine,
    | 'inputShape'
    | 'outputKind'
    | 'computeScores'
    | 'differentiate'
    | 'differentiateAll'
    | 'sumGradients'
    | 'computeMaskedScores'
    | 'computeScoresFrom'
  > {
  /** scores of one image */
  readonly scoreCount: number;
  /** the layers between input and scores, in the network's order */
  readonly layers: readonly ScoredLayer[];
}

export type ScoredLayer = Pick<NetworkLayer, 'name' | 'kind' | 'shape' | 'field'>;

/** A network's scores, on the engine that it runs on. @throws CnnvizError BAD_MODEL for a network that has none */
export function scoresOf(engine: Engine): ScoreNetwork {
  const { inputShape, scoreCount, outputKind, outputNames } = engine;
  if (scoreCount === null) throw noScores(engine);
  return {
    inputShape,
    scoreCount,
    outputKind,
    layers: engine.layers.filter(({ name }) => !outputNames.includes(name)),
    computeScores: (input) => engine.computeScores(input),
    differentiate: (input, layerName, scoreWeights) => engine.differentiate(input, layerName, scoreWeights),
    differentiateAll: (input, places, scoreWeights) => engine.differentiateAll(input, places, scoreWeights),
    sumGradients: (inputs, scoreWeights) => engine.sumGradients(inputs, scoreWeights),
    computeMaskedScores: (input, masks) => engine.computeMaskedScores(input, masks),
    computeScoresFrom: (input, layerName, outputs) => engine.computeScoresFrom(input, layerName, outputs),
  };
}

function noScores({ outputNames }: Engine): CnnvizError {
  const found = outputNames.length > 1 ? `several outputs (${outputNames.join(', ')})` : `maps (${outputNames[0]})`;
  return new CnnvizError(
    'BAD_MODEL',
    `the network has no class scores: expected one output of (batch, classes), found ${found}`,
  );
}
