// The page as its views know it: what is known of it, its images, and where it stands.

import type { PageData } from '../page-data.js';
import type { Place } from './address.js';
import { findAll, readData } from './dom.js';
import { LayerCache } from './layer-cache.js';
import { nearestComparison, nearestInImage } from './nearest-place.js';
import { PageImage } from './page-image.js';
import { parseRamp, type Ramps } from './ramp.js';
import { createRouter, type Router } from './router.js';

export interface Page {
  readonly data: PageData;
  readonly ramps: Ramps;
  /** those shown in full, in order */
  readonly images: readonly PageImage[];
  /** what another network makes of the same images, where the page compares two */
  readonly others: readonly PageImage[];
  readonly router: Router;
  /** the image that a place is about */
  imageAt(place: Place): PageImage | undefined;
}

/** Reads what the page holds. Of the images nothing is read before it is asked for. */
export function openPage(): Page {
  const data = readData<PageData>(document.body, 'page-data');
  const cache = new LayerCache();
  const images = findAll(document, 'section.view.image').map((section) => new PageImage(section, data.network, cache));
  const { network } = data.against ?? data;
  const others = findAll(document, 'section.other').map((section) => new PageImage(section, network, cache));
  const layerNames = data.network.map(({ name }) => name);
  const sideKeys = [...images.map(({ number }) => `${number}`), ...others.map(({ number }) => `b${number}`)];
  const imageAt = ({ view }: Place) => images.find(({ section }) => section.id === view);
  const findView = (name: string) => document.getElementById(name)?.closest('section.view')?.id;
  return {
    data,
    images,
    others,
    ramps: {
      viridis: parseRamp(data.ramps.viridis),
      coolwarm: parseRamp(data.ramps.coolwarm),
      nonValue: data.nonValue,
    },
    router: createRouter({
      home: findAll(document, 'section.view')[0]?.id ?? '',
      findView,
      nearest(place) {
        if (place.view === 'compare') return nearestComparison(place, sideKeys, layerNames);
        const image = imageAt(place);
        return image === undefined ? place : nearestInImage(place, image, layerNames);
      },
    }),
    imageAt,
  };
}
