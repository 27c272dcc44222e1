// How the layers are computed, and with which weights, as elements that the page's script reads when it is asked.

import type { LayerRule } from '../base/layer-rule.js';
import type { ComputationData, ComputationsData } from './kernels/data.js';
import { encodedLength, encodeWeights, type Weights } from './kernels/encode-weights.js';
import { html, jsonElement, Markup } from './markup.js';

/** A layer and how it is computed. */
export interface ComputedLayer {
  name: string;
  rule: LayerRule;
  inputs: readonly string[];
  channels: number;
  weights: Weights;
}

/** Characters that all weights of a page take at most, were they not compressed. */
export const WEIGHTS_BUDGET = 4_000_000;

/** The elements: one of all layers' rules, and one for the weights of each layer, as far as the budget goes. */
export function renderComputations(layers: readonly ComputedLayer[], budget = WEIGHTS_BUDGET): Markup {
  const kept = chooseLayers(layers, budget);
  const data: ComputationsData = { layers: layers.map((layer) => describe(layer, kept.has(layer))) };
  return html`${jsonElement('computations-data', data)}
${[...kept].map(
  ({ name, weights }) =>
    html`<script type="application/octet-stream;base64" class="weights" data-layer="${name}">${encodeBase64(weights)}</script>\n`,
)}`;
}

/** Characters that the weights of these layers will take on a page, roughly: compressed they lose a tenth. */
export function forecastWeights(layers: readonly ComputedLayer[], budget = WEIGHTS_BUDGET): number {
  return 0.9 * [...chooseLayers(layers, budget)].reduce((sum, layer) => sum + charactersOf(layer), 0);
}

function charactersOf({ weights }: ComputedLayer): number {
  return 4 * Math.ceil(encodedLength(weights) / 3);
}

/** Convolutions first, which the page shows cell by cell; then dense layers. In the network's order, each that still fits. */
function chooseLayers(layers: readonly ComputedLayer[], budget: number): Set<ComputedLayer> {
  const kept = new Set<ComputedLayer>();
  let left = budget;
  for (const isDense of [false, true]) {
    for (const layer of layers) {
      const length = charactersOf(layer);
      if ((layer.rule.type === 'dense') !== isDense || length === 0 || length > left) continue;
      kept.add(layer);
      left -= length;
    }
  }
  return kept;
}

const WEIGHTED: readonly LayerRule['type'][] = ['affine', 'convolution', 'dense', 'depthwise'];

function describe({ name, rule, inputs, channels, weights }: ComputedLayer, isKept: boolean): ComputationData {
  const { kernel, bias } = weights;
  return {
    ...{ name, rule, inputs, channels },
    ...(kernel !== undefined && isKept && { kernel: kernel.shape }),
    ...(bias !== undefined && { hasBias: true }),
    ...(WEIGHTED.includes(rule.type) && !isKept && { isLeftOut: true }),
  };
}

function encodeBase64(weights: Weights): Markup {
  return new Markup(Buffer.from(encodeWeights(weights)).toString('base64'));
}
