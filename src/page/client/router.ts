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
  /**
   * Does something for a view that is gone to: which places it has may depend on it. They are shown at once with what is there,
   * and once more when it is done. @param prepare undefined where nothing is to be done
   */
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

/** The place of the address, and the nearest one that the page has. */
function findPlace({ home, findView, nearest }: Places): { place: Place; found: Place; isKnown: boolean } {
  const asked = parseAddress(location.hash);
  const view = asked.view === '' ? home : findView(asked.view);
  const place = view === undefined ? { view: home, parts: [], query: '' } : { ...asked, view };
  return { place, found: nearest(place), isKnown: view !== undefined };
}

export function createRouter(places: Places): Router {
  const { home } = places;
  const listeners: PlaceListener[] = [];
  let prepare: (view: string) => Promise<void> | undefined = () => undefined;
  let current: Place = { view: home, parts: [], query: '' };
  let arrivals = 0;
  /** @param isWhole whether all of the place is there */
  const show = async (from: Place | undefined, isWhole = true) => {
    const place = current;
    const { dataset } = document.documentElement;
    // Whoever waits for a place finds its address here, when all of it is there.
    delete dataset.shown;
    await Promise.all(listeners.map(async (listener) => listener(place, from)));
    if (current === place && isWhole) dataset.shown = addressOf(place.view, ...place.parts);
  };
  const read = (): Place => {
    const { place, found, isKnown } = findPlace(places);
    if (isKnown && isSamePlace(place, found)) return place;
    const missed = location.hash;
    history.replaceState(history.state, '', addressOf(found.view, ...found.parts));
    return { ...found, missed };
  };
  /** Shows what is there of the address that waits for more. @returns the place to come from, once that is there; undefined where somebody has gone on */
  const showMeanwhile = async (preparing: Promise<void>, from: Place | undefined) => {
    const arrival = arrivals;
    current = findPlace(places).found;
    let isShown = false;
    const meanwhile = current;
    void show(from, false).then(() => {
      isShown = true;
    });
    await preparing;
    return arrivals === arrival ? { from: isShown ? meanwhile : from } : undefined;
  };
  const arrive = async (before: Place | undefined) => {
    arrivals++;
    const preparing = prepare(parseAddress(location.hash).view || home);
    const arrival = preparing === undefined ? { from: before } : await showMeanwhile(preparing, before);
    if (arrival === undefined) return;
    const { from } = arrival;
    current = read();
    const isOther = from === undefined || !isSamePlace(from, current) || current.missed !== undefined;
    if (preparing !== undefined || isOther) await show(from);
  };
  const change = () => arrive(current);
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
    start: () => arrive(undefined),
  };
}
