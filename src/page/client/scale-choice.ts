// The buttons that choose a color scale.

import type { Normalization } from '../../rendering/normalize.js';
import { drawBar } from './channel-bar.js';
import { createChoice } from './choice.js';
import { create } from './dom.js';
import type { Ramps } from './ramp.js';

const titles: Record<Normalization, string> = {
  zscore: 'mean ± 2σ of the channel',
  strength: '0 to maximum of the channel',
  minmax: 'minimum to maximum of the channel',
  layer: 'minimum to maximum of the layer',
};

const endLabels: Record<Normalization, readonly string[]> = {
  zscore: ['≤ −2σ', 'mean', '≥ +2σ'],
  strength: ['0, or \u2212maximum where values are below 0', 'maximum'],
  minmax: ['minimum', 'maximum'],
  layer: ['minimum of the layer', 'maximum of the layer'],
};

/** What colors come from, to be chosen. @param group a name of its own among the page's choices */
export function createScaleChoice(
  group: string,
  scale: Normalization,
  choose: (scale: Normalization) => void,
): HTMLFieldSetElement {
  return createChoice('Colors from', group, titles, scale, choose);
}

/** The same for many channels at a time, with a bar that says what the colors mean. */
export function createSharedScaleChoice(
  group: string,
  scale: Normalization,
  ramps: Ramps,
  choose: (scale: Normalization) => void,
): HTMLElement[] {
  const bar = create('div', { className: 'color-bar' });
  drawBar(bar, ramps.viridis, endLabels[scale]);
  const choice = createScaleChoice(group, scale, (chosen) => {
    drawBar(bar, ramps.viridis, endLabels[chosen]);
    choose(chosen);
  });
  return [choice, bar];
}
