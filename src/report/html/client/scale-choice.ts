import type { Normalization } from '../../../rendering/normalize.js';
import { drawBar } from './channel-bar.js';
import { create, findAll } from './dom.js';
import type { Ramps } from './ramp.js';

const titles: Record<Normalization, string> = {
  zscore: 'mean ± 2σ of the channel',
  minmax: 'lowest to highest of the channel',
  layer: 'lowest to highest of the layer',
};

const endLabels: Record<Normalization, readonly string[]> = {
  zscore: ['−2σ', 'mean', '+2σ'],
  minmax: ['lowest', 'highest'],
  layer: ['lowest of the layer', 'highest of the layer'],
};

/** Above each image's layers: by what all their channels are colored, and what the colors mean. */
export function showScaleChoice(scale: Normalization, ramps: Ramps, choose: (scale: Normalization) => void): void {
  const places = findAll(document, '.scales').map((place, index) => {
    const bar = create('div', { className: 'color-bar' });
    const buttons = createScaleButtons(`scale-${index}`, scale, apply);
    place.replaceChildren(buttons, bar);
    place.hidden = false;
    return { bar, place };
  });
  function apply(chosen: Normalization): void {
    for (const { bar, place } of places) {
      drawBar(bar, ramps.viridis, endLabels[chosen]);
      for (const input of place.querySelectorAll('input')) input.checked = input.value === chosen;
    }
    choose(chosen);
  }
  for (const { bar } of places) drawBar(bar, ramps.viridis, endLabels[scale]);
}

/** The three scales to choose from. */
export function createScaleButtons(
  group: string,
  scale: Normalization,
  choose: (scale: Normalization) => void,
): HTMLFieldSetElement {
  const choices = (Object.keys(titles) as Normalization[]).map((name) => {
    const input = create('input', { type: 'radio', name: group, value: name, checked: name === scale });
    input.addEventListener('change', () => choose(name));
    return create('label', {}, input, create('span', {}, titles[name]));
  });
  return create('fieldset', { className: 'scale-buttons' }, create('legend', {}, 'Colors from'), ...choices);
}
