import type { EngineCore } from '../contract/engine-core.js';
import type { NetworkPlan } from '../contract/network-plan.js';
import { differentiateChannels } from './channel-gradients.js';
import { measureChannels } from './measure.js';
import { locatePeaks } from './peaks.js';
import { runLayers } from './run.js';
import {
  computeMaskedScores,
  computeScores,
  computeScoresFrom,
  differentiate,
  differentiateFrom,
  sumGradients,
} from './score.js';

/** Runs any network by tfjs-layers, on any backend, with the model's own weights: nothing here has to be disposed. */
export function openLayers(plan: NetworkPlan): EngineCore {
  return {
    kind: 'layers',
    precision: 'float32',
    run: (inputs, size, layers) => runLayers(plan, inputs, size, layers),
    computeScores: (input) => computeScores(plan, input),
    differentiate: (input, places, scoreWeights) => differentiate(plan, input, places, scoreWeights),
    sumGradients: (input, scoreWeights) => sumGradients(plan, input, scoreWeights),
    computeMaskedScores: (input, masks) => computeMaskedScores(plan, input, masks),
    computeScoresFrom: (input, layer, outputs) => computeScoresFrom(plan, input, layer, outputs),
    differentiateFrom: (input, layer, outputs, weights) => differentiateFrom(plan, input, layer, outputs, weights),
    measure: (inputs, size, layers) => measureChannels(plan, inputs, size, layers),
    differentiateChannels: (inputs, objective) => differentiateChannels(plan, inputs, objective),
    locatePeaks: (inputs, size, layers) => locatePeaks(plan, inputs, size, layers),
    refresh() {},
    dispose() {},
  };
}
