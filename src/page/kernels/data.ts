// How the page's layers are computed, as its script knows it.

import type { LayerRule } from '../../base/layer-rule.js';

/** A layer's computation; its weights stand in an element of their own. */
export interface ComputationData {
  name: string;
  rule: LayerRule;
  /** names of the layers whose values it gets, '' for the network's input */
  inputs: readonly string[];
  /** numbers of its filters, units or channels */
  channels: number;
  /** of the weights that the page holds: [height, width, input channels, filters], or [inputs, units] */
  kernel?: readonly number[];
  hasBias?: boolean;
  /** there are weights, and they are too many for a page */
  isLeftOut?: boolean;
}

/** Of the whole page. */
export interface ComputationsData {
  layers: readonly ComputationData[];
}
