// The buttons that choose a color scale.

import { texts } from '../texts/en.js';
import { drawBar } from './channel-bar.js';
import { createChoice } from './choice.js';
import { create } from './dom.js';
import type { Ramps } from './ramp.js';
import type { ScaleName } from './scale.js';

/** What colors come from, to be chosen. @param group a name of its own among the page's choices */
export function createScaleChoice(
  group: string,
  scale: ScaleName,
  choose: (scale: ScaleName) => void,
): HTMLFieldSetElement {
  return createChoice<ScaleName>(texts.scale.title, group, texts.scale.names, scale, choose);
}

/** The same for many channels at a time, with a bar that says what the colors mean. */
export function createSharedScaleChoice(
  group: string,
  scale: ScaleName,
  ramps: Ramps,
  choose: (scale: ScaleName) => void,
): HTMLElement[] {
  const bar = create('div', { className: 'color-bar' });
  drawBar(bar, ramps.viridis, texts.scale.ends[scale]);
  const choice = createScaleChoice(group, scale, (chosen) => {
    drawBar(bar, ramps.viridis, texts.scale.ends[chosen]);
    choose(chosen);
  });
  return [choice, bar];
}
