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

/** The same for many channels at a time, with a bar that says what the colors mean. @param isSigned whether the layer has values below 0 */
export function createSharedScaleChoice(
  group: string,
  { scale, isSigned, ramps }: { scale: ScaleName; isSigned: boolean; ramps: Ramps },
  choose: (scale: ScaleName) => void,
): HTMLElement[] {
  const bar = create('div', { className: 'color-bar' });
  const draw = (shown: ScaleName) =>
    drawBar(bar, ramps.viridis, texts.scale.ends[shown === 'strength' && isSigned ? 'signedStrength' : shown]);
  draw(scale);
  const choice = createScaleChoice(group, scale, (chosen) => {
    draw(chosen);
    choose(chosen);
  });
  return [choice, bar];
}
