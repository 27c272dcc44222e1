// That graph in a session.

import type { GraphSession } from '../../backend/native/session.js';
import { badArgument } from '../../base/errors.js';
import type { ClassScores, ScoredLayer, ScoreGradient, ScoreNetwork } from '../contract/scores.js';
import { type Feed, fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';

/** The tensors of a graph that computes scores and their gradients; all with the batch in front. */
export interface ScoreGraph {
  input: GraphTensor;
  /** placeholder: what each score counts in the sum that is differentiated */
  scoreWeights: GraphTensor;
  scores: GraphTensor;
  outputs: GraphTensor;
  layers: readonly (ScoredLayer & { output: GraphTensor; gradient: GraphTensor })[];
}

/** Scores and gradients by one TensorFlow graph; see compileScoreGraph. */
export class GraphScores implements ScoreNetwork {
  readonly inputShape: readonly number[];
  readonly scoreCount: number;
  readonly layers: readonly ScoredLayer[];
  readonly #graph: ScoreGraph;
  readonly #session: GraphSession;

  constructor(graph: ScoreGraph, session: GraphSession, inputShape: readonly number[], scoreCount: number) {
    this.inputShape = inputShape;
    this.scoreCount = scoreCount;
    this.layers = graph.layers.map(({ name, shape }) => ({ name, shape }));
    this.#graph = graph;
    this.#session = session;
  }

  async computeScores(input: Float32Array): Promise<ClassScores> {
    const { scores, outputs } = this.#graph;
    const [first, second] = fetchArrays(this.#session, [this.#feed(input)], [scores, outputs]);
    return { scores: first?.values as Float32Array, outputs: second?.values as Float32Array };
  }

  async differentiate(input: Float32Array, layerName: string, scoreWeights: Float32Array): Promise<ScoreGradient> {
    const layer = this.#graph.layers.find(({ name }) => name === layerName);
    if (!layer) throw badArgument('layer', `one of ${this.layers.map(({ name }) => name).join(', ')}`, layerName);
    const weights = { to: this.#graph.scoreWeights, values: scoreWeights, shape: [1, this.scoreCount] };
    const fetches = [layer.output, layer.gradient];
    const [output, gradient] = fetchArrays(this.#session, [this.#feed(input), weights], fetches);
    return {
      output: { name: layerName, shape: [1, ...layer.shape], values: output?.values as Float32Array },
      gradient: gradient?.values as Float32Array,
    };
  }

  dispose(): void {
    this.#session.dispose();
  }

  #feed(values: Float32Array): Feed {
    return { to: this.#graph.input, values, shape: [1, ...this.inputShape] };
  }
}
