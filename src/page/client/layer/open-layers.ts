// The place of one layer: all its channels, or its units.

import type { NetworkLayerData } from '../../page-data.js';
import { isSamePlace } from '../address.js';
import { find } from '../dom.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { describeMissing } from './describe-head.js';
import { chooseOrder, type GridSettings, showChannels } from './show-channels.js';
import { showUnits } from './show-units.js';
import { readUnits } from './units.js';

/** What a layer's place shows. */
interface ShownLayer {
  element: HTMLElement;
  /** when it is on the page */
  paint?: () => void;
  focusChannel?: (number: number) => void;
}

/** Shows a layer of an image at `#image-1/LAYER`; order and scale stay as they are for the next one. */
export function openLayers(page: Page): void {
  const settings: GridSettings = { order: undefined, scale: 'strength', isLarge: false };
  const show = async (layer: NetworkLayerData, image: PageImage): Promise<ShownLayer> => {
    if (image.hasMaps(layer.name)) {
      const maps = await image.readLayer(layer.name);
      settings.order = chooseOrder(settings.order, maps.layer);
      return showChannels({ layer, maps, image, page, settings });
    }
    const units = await readUnits(layer, image);
    return units === undefined ? { element: describeMissing(layer) } : showUnits(layer, units, image, page);
  };
  page.router.onPlace(async (place, from) => {
    const image = page.imageAt(place);
    const [name, ...more] = place.parts;
    const layer = page.data.network.find((each) => each.name === name);
    if (image === undefined || layer === undefined || more.length > 0) return;
    const shown = await show(layer, image);
    // Somebody may have gone on meanwhile.
    if (!isSamePlace(place, page.router.place())) return;
    find(image.section, '.stage').replaceChildren(shown.element);
    shown.paint?.();
    // Back from a channel: where it was left.
    const [, channel] = from?.view === place.view && from.parts[0] === name ? from.parts : [];
    if (channel !== undefined) shown.focusChannel?.(Number(channel));
  });
}
