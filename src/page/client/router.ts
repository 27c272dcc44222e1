// One address for each place of the page: the hash, which Back and a copied link understand.

import { addressOf, isSamePlace, type Place, parseAddress } from './address.js';

export interface Router {
  /** what is shown, or about to be */
  place(): Place;
  /** Goes to an address. @param how replace: without a step for Back */
  go(address: string, how?: { replace: boolean }): void;
  /** Goes to an address: as Back does, where that is the step before this one. */
  back(address: string): void;
  /** Puts an address in the place of the current one, for what the view shows already: listeners do not hear of it. */
  stay(address: string): void;
  /** Takes every place from the first on; listeners are called in the order in which they came. @param listener from: the place before */
  onPlace(listener: PlaceListener): void;
  /** Does something before a view's places are read: which there are may depend on it. @param prepare undefined where nothing is to be done */
  beforePlace(prepare: (view: string) => Promise<void> | undefined): void;
  /** Has the current place shown once more: what it is about has changed. @returns when all listeners have shown it */
  again(): Promise<void>;
  /** Goes to the first place. @returns when all listeners have shown it */
  start(): Promise<void>;
}

export type PlaceListener = (place: Place, from: Place | undefined) => void | Promise<void>;

/** What a router has to know of the page. */
export interface Places {
  /** the view without an address */
  home: string;
  /** The id of the view that an address names, or that holds what it names; undefined for anything else. */
  findView(name: string): string | undefined;
  /** The place itself where the page has it, or the nearest one. */
  nearest(place: Place): Place;
}

export function createRouter({ home, findView, nearest }: Places): Router {
  const listeners: PlaceListener[] = [];
  let prepare: (view: string) => Promise<void> | undefined = () => undefined;
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
    const asked = parseAddress(location.hash);
    const view = asked.view === '' ? home : findView(asked.view);
    const place = view === undefined ? { view: home, parts: [], query: '' } : { ...asked, view };
    const found = nearest(place);
    if (view !== undefined && isSamePlace(place, found)) return place;
    const missed = location.hash;
    history.replaceState(history.state, '', addressOf(found.view, ...found.parts));
    return { ...found, missed };
  };
  /** Whether the address is still the one that was asked for, once it can be read. */
  const isReady = async (preparing: Promise<void>) => {
    const { hash } = location;
    delete document.documentElement.dataset.shown;
    await preparing;
    return location.hash === hash;
  };
  const prepared = () => prepare(parseAddress(location.hash).view || home);
  const change = async () => {
    const preparing = prepared();
    if (preparing !== undefined && !(await isReady(preparing))) return;
    const from = current;
    current = read();
    if (preparing !== undefined || !isSamePlace(from, current) || current.missed !== undefined) await show(from);
  };
  addEventListener('hashchange', () => void change());
  return {
    place: () => current,
    go(address, { replace } = { replace: false }) {
      if (replace) history.replaceState(history.state, '', address);
      else history.pushState({ before: location.hash }, '', address);
      void change();
    },
    back(address) {
      if ((history.state as { before?: string } | null)?.before === address) history.back();
      else this.go(address);
    },
    stay(address) {
      history.replaceState(history.state, '', address);
      current = read();
      document.documentElement.dataset.shown = address;
    },
    onPlace: (listener) => void listeners.push(listener),
    beforePlace(first) {
      prepare = first;
    },
    again: () => show(current),
    async start() {
      const preparing = prepared();
      if (preparing !== undefined && !(await isReady(preparing))) return;
      current = read();
      await show(undefined);
    },
  };
}
