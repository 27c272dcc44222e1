// The place of one layer: all its channels, or its units.

import type { NetworkLayerData } from '../../page-data.js';
import { texts } from '../../texts/en.js';
import { isSamePlace } from '../address.js';
import { find } from '../dom.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { putOnStage } from '../stage.js';
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
  chosenChannel?: () => number | undefined;
  chooseChannel?: (number: number) => void;
}

/** Shows a layer of an image at `#image-1/LAYER`; order and scale stay as they are for the next one. */
export function openLayers(page: Page): void {
  const settings: GridSettings = { order: undefined, scale: 'strength', isLarge: false };
  let open: ShownLayer | undefined;
  page.router.onPlace(async (place, from) => {
    const image = page.imageAt(place);
    const [name, ...more] = place.parts;
    const layer = page.data.network.find((each) => each.name === name);
    if (image === undefined || layer === undefined || more.length > 0) return;
    const { data } = image;
    const shown = await showLayer(layer, image, page, settings).catch((error: unknown) => {
      if (!page.data.isFilm) throw error;
      return { element: describeMissing(layer, texts.film.unread(layer.name)) } as ShownLayer;
    });
    const isAgain = from !== undefined && isSamePlace(place, from);
    // Somebody may have gone on meanwhile, or the image may have other values.
    if (!isSamePlace(place, page.router.place()) || image.data !== data) return;
    const chosen = isAgain ? open?.chosenChannel?.() : undefined;
    open = shown;
    putOnStage(image, shown.element, () => {
      shown.paint?.();
      if (chosen !== undefined) shown.chooseChannel?.(chosen);
    });
    // Back from a channel: where it was left.
    const [, channel] = from?.view === place.view && from.parts[0] === name ? from.parts : [];
    if (channel !== undefined) shown.focusChannel?.(Number(channel));
    // By an address: a screen reader then says where it led to.
    else if (!isAgain && document.activeElement === document.body)
      find(image.section, '#layer-title').focus({ preventScroll: true });
  });
}

async function showLayer(
  layer: NetworkLayerData,
  image: PageImage,
  page: Page,
  settings: GridSettings,
): Promise<ShownLayer> {
  if (image.hasMaps(layer.name)) {
    const maps = await image.readLayer(layer.name);
    settings.order = chooseOrder(settings.order, maps.layer);
    return showChannels({ layer, maps, image, page, settings });
  }
  const units = await readUnits(layer, image);
  if (units !== undefined) return showUnits(layer, units, image, page);
  const { missing } = page.data.isFilm ? texts.film : texts.layer;
  const isLoaded = !page.data.isFilm || image.data.layers.length > 0;
  return { element: describeMissing(layer, isLoaded ? missing(layer.name) : texts.film.loading) };
}
