// The color bar of a channel, with its histogram, and the scales to choose from.

import { drawChannelBar } from '../channel-bar.js';
import { create } from '../dom.js';
import type { LayerMaps } from '../layer-maps.js';
import type { Ramps } from '../ramp.js';
import { type ScaleName, scaleNames } from '../scale.js';
import { createScaleChoice } from '../scale-choice.js';

/** The scale that was chosen last: the next channel has it, too. */
let chosen: ScaleName = scaleNames[0];

export interface Scales {
  readonly scale: ScaleName;
  readonly element: HTMLElement;
}

/** @param changed called when another scale is chosen */
export function createScales(maps: LayerMaps, number: number, ramps: Ramps, changed: () => void): Scales {
  const bar = create('div', { className: 'color-bar' });
  const draw = () => drawChannelBar(bar, { maps, number, scale: chosen }, ramps);
  const choice = createScaleChoice('channel-scale', chosen, (scale) => {
    chosen = scale;
    draw();
    changed();
  });
  draw();
  return {
    get scale() {
      return chosen;
    },
    element: create('div', { className: 'scales' }, bar, choice),
  };
}
