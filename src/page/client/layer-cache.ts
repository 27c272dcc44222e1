// Keeps the layers that were read last.

import type { LayerMaps } from './layer-maps.js';

/** Layers of all images together. */
const keptAtMost = 24;

/** The layers read last, by name; one that is being read is read once. */
export class LayerCache {
  readonly #kept = new Map<string, Promise<LayerMaps>>();

  get(key: string, read: () => Promise<LayerMaps>): Promise<LayerMaps> {
    const found = this.#kept.get(key) ?? read();
    // The one asked for last is the last to go.
    this.#kept.delete(key);
    this.#kept.set(key, found);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptAtMost && oldest !== undefined) this.#kept.delete(oldest);
    return found;
  }
}
