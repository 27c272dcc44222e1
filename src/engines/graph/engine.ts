import { encodeSavedModel } from '../../backend/native/saved-model.js';
import { GraphSession } from '../../backend/native/session.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { EngineUse } from '../contract/engine.js';
import type { EngineCore } from '../contract/engine-core.js';
import type { NetworkPlan } from '../contract/network-plan.js';
import type { Precision } from '../contract/precision.js';
import { ChannelDifferentiator } from './channel-gradients.js';
import { addMaskedScores, computeMaskedScores } from './masked-scores.js';
import { addMeasurements, measureChannels } from './measure.js';
import { addFetches, addForward, openNetworkGraph } from './network-graph.js';
import { addPeaks, locatePeaks } from './peaks.js';
import { runLayers } from './run.js';
import {
  addScores,
  computeScores,
  computeScoresFrom,
  differentiate,
  differentiateFrom,
  sumGradients,
} from './score.js';
import { copyModelWeights } from './session-state.js';

/**
 * Compiles what the uses need of a model into one graph with one copy of the weights; later changes of the model count after
 * `refresh` alone. Throws UnsupportedByGraph. Needs the native backend.
 */
export function compileEngine(
  model: tf.LayersModel,
  plan: NetworkPlan,
  uses: readonly EngineUse[],
  precision: Precision = 'float32',
): EngineCore {
  const network = openNetworkGraph(model, precision, plan);
  const pass = addForward(network, false);
  const has = (use: EngineUse) => uses.includes(use);
  const fetches = addFetches(network.graph, pass.layerOutputs);
  const { scoreCount } = plan;
  const guided = has('perturb');
  const scores =
    has('score') && scoreCount !== null ? addScores(network, pass, fetches, { scoreCount, guided }) : undefined;
  const masked = has('perturb') && scoreCount !== null ? addMaskedScores(network) : undefined;
  const reductions = has('measure') ? addMeasurements(network, pass, plan.layers) : undefined;
  const differentiator = has('ascend') ? new ChannelDifferentiator(model, plan, precision) : undefined;
  const peaks = has('peaks') ? addPeaks(network, pass, plan.layers) : undefined;
  const session = GraphSession.load(encodeSavedModel(network.graph.nodes));
  const open = { session, network };
  copyModelWeights(open, model);
  return {
    kind: 'graph',
    precision,
    async run(inputs, size, layers) {
      return runLayers(open, fetches, { inputs, size, layers });
    },
    async computeScores(input) {
      return computeScores(open, required(scores, 'score'), input);
    },
    async differentiate(input, places, weights) {
      return differentiate(open, required(scores, 'score'), { input, places, weights });
    },
    async sumGradients(input, weights) {
      return sumGradients(open, required(scores, 'score'), { input, weights });
    },
    async computeMaskedScores(input, masks) {
      return computeMaskedScores(open, required(masked, 'perturb'), { input, ...masks });
    },
    async computeScoresFrom(input, layer, outputs) {
      return computeScoresFrom(open, required(scores, 'score'), { input, layer, outputs });
    },
    async differentiateFrom(input, layer, outputs, weights) {
      return differentiateFrom(open, required(scores, 'score'), { input, layer, outputs, weights });
    },
    async measure(inputs, size, layers) {
      return measureChannels(open, required(reductions, 'measure'), { inputs, size, layers });
    },
    async differentiateChannels(inputs, objective) {
      return required(differentiator, 'ascend').differentiate(inputs, objective);
    },
    refresh() {
      copyModelWeights(open, model);
      differentiator?.dispose();
    },
    dispose() {
      differentiator?.dispose();
      session.dispose();
    },
    async locatePeaks(inputs, size, layers) {
      return locatePeaks(open, required(peaks, 'peaks'), { inputs, size, layers });
    },
  };
}

function required<Part>(part: Part | undefined, use: EngineUse): Part {
  if (part === undefined) throw new Error(`this engine was not opened for "${use}"`);
  return part;
}
