// The layers of an image, their scale and order.

import type { Normalization } from '../../rendering/normalize.js';
import type { ChannelOrder } from './channel-order.js';
import type { ChannelView } from './channel-view.js';
import { createChoice } from './choice.js';
import { find, findAll } from './dom.js';
import { LayerView } from './layer-view.js';
import type { Ramps } from './ramp.js';
import { createSharedScaleChoice } from './scale-choice.js';

/** The layers of one image, with what their channels have in common: the scale of their colors, and their order. */
export async function showLayers(section: HTMLElement, ramps: Ramps, channelView: ChannelView): Promise<void> {
  const views: LayerView[] = [];
  let scale: Normalization = 'zscore';
  for (const part of findAll(section, 'section.layer')) {
    // One after the other: the first are there while the last are still being read.
    const view = await LayerView.open(part, ramps, channelView);
    view.paint(scale);
    views.push(view);
  }
  const place = find(section, '.choices');
  const scales = createSharedScaleChoice(`${section.id}-scale`, scale, ramps, (chosen) => {
    scale = chosen;
    for (const view of views) view.paint(scale);
  });
  const orders = createChoice(`Order`, `${section.id}-order`, nameOrders(section), 'number', (order) => {
    for (const view of views) view.arrange(order);
  });
  place.replaceChildren(...scales, orders);
}

function nameOrders(section: HTMLElement): Partial<Record<ChannelOrder, string>> {
  const className = section.dataset.contributionTo;
  return {
    number: 'by number',
    ...(className !== undefined && { contribution: `by contribution to ${className}` }),
    mean: 'by mean',
    max: 'by maximum',
  };
}
