// Keeps the layers that were read last.

import type { LayerMaps } from './layer-maps.js';

/** Layers of all images together. */
const keptAtMost = 24;

/** The layers read last; one that is being read is read once, one that could not be read is read again. */
export class LayerCache {
  readonly #kept = new Map<string | object, Promise<LayerMaps>>();

  /** @param key its name, or what is known of it */
  get(key: string | object, read: () => Promise<LayerMaps>): Promise<LayerMaps> {
    const found = this.#kept.get(key) ?? read();
    // The one asked for last is the last to go.
    this.#kept.delete(key);
    this.#kept.set(key, found);
    found.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptAtMost && oldest !== undefined) this.#kept.delete(oldest);
    return found;
  }
}
