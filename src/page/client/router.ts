// One address for each place of the page: the hash, which Back and a copied link understand.

import { addressOf, isSamePlace, type Place, parseAddress } from './address.js';

export interface Router {
  /** what is shown, or about to be */
  place(): Place;
  /** Goes to an address. @param how replace: without a step for Back */
  go(address: string, how?: { replace: boolean }): void;
  /** Puts an address in the place of the current one, for what the view shows already: listeners do not hear of it. */
  stay(address: string): void;
  /** Takes every place from the first on; listeners are called in the order in which they came. @param listener from: the place before */
  onPlace(listener: PlaceListener): void;
  /** Goes to the first place. @returns when all listeners have shown it */
  start(): Promise<void>;
}

export type PlaceListener = (place: Place, from: Place | undefined) => void | Promise<void>;

/** @param findView the id of the view that an address names, or that holds what it names; undefined for anything else */
export function createRouter(findView: (name: string) => string | undefined, home: string): Router {
  const listeners: PlaceListener[] = [];
  let current: Place = { view: home, parts: [], query: '' };
  const show = async (from: Place | undefined) => {
    const place = current;
    const { dataset } = document.documentElement;
    // Whoever waits for a place finds its address here, when all of it is there.
    delete dataset.shown;
    await Promise.all(listeners.map(async (listener) => listener(place, from)));
    if (current === place) dataset.shown = addressOf(place.view, ...place.parts);
  };
  const read = (): Place => {
    const place = parseAddress(location.hash);
    const view = findView(place.view);
    return view === undefined ? current : { ...place, view };
  };
  const change = () => {
    const from = current;
    current = read();
    if (!isSamePlace(from, current)) void show(from);
  };
  addEventListener('hashchange', change);
  return {
    place: () => current,
    go(address, { replace } = { replace: false }) {
      if (replace) history.replaceState(null, '', address);
      else history.pushState(null, '', address);
      change();
    },
    stay(address) {
      history.replaceState(null, '', address);
      current = read();
      document.documentElement.dataset.shown = address;
    },
    onPlace: (listener) => void listeners.push(listener),
    start() {
      current = read();
      return show(undefined);
    },
  };
}
