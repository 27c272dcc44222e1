// One image of the page: its numbers and its layers, read when they are asked for.

import type { LayerData, PageImageData } from '../image-data.js';
import type { NetworkLayerData } from '../page-data.js';
import { find, findAll, readData } from './dom.js';
import type { LayerCache } from './layer-cache.js';
import type { LayerMaps } from './layer-maps.js';
import { poolMaps } from './pool-maps.js';
import { readSheet } from './sheet.js';

/** Where an image's numbers and maps are from, where they are not in the page itself and may become others. */
export interface ImageSource {
  readonly data: PageImageData;
  /** @throws Error where they cannot be had */
  readMaps(layer: LayerData): Promise<LayerMaps>;
}

export class PageImage {
  /** from 1 */
  readonly number: number;
  readonly section: HTMLElement;
  readonly #network: readonly NetworkLayerData[];
  readonly #cache: LayerCache;
  #data: PageImageData | undefined;
  #source: ImageSource | undefined;

  constructor(section: HTMLElement, network: readonly NetworkLayerData[], cache: LayerCache) {
    this.number = Number(section.id.replace(/^\D+/, ''));
    this.section = section;
    this.#network = network;
    this.#cache = cache;
  }

  /** Has it read from elsewhere than the page. */
  readFrom(source: ImageSource): void {
    this.#source = source;
  }

  get data(): PageImageData {
    if (this.#source !== undefined) return this.#source.data;
    this.#data ??= readData<PageImageData>(this.section, 'image-data');
    return this.#data;
  }

  /** Makes elements of what the page holds of the image as a text, the first time. */
  open(): void {
    const body = this.section.querySelector('noscript.body');
    // Written by the page's own templates, which escape whatever is put in.
    if (body !== null) body.outerHTML = body.textContent ?? '';
  }

  get photograph(): HTMLImageElement {
    this.open();
    return find<HTMLImageElement>(this.section, 'img.photograph');
  }

  /** A layer whose values the page has. */
  findLayer(name: string): LayerData | undefined {
    return this.data.layers.find((layer) => layer.name === name);
  }

  /** Whether a layer is one of those that `readLayer` reads. */
  hasMaps(name: string): boolean {
    const layer = this.findLayer(name);
    return layer !== undefined && layer.units === undefined;
  }

  /**
   * The maps of a layer, in steps; those of a pooling are computed from the layer that it pools.
   *
   * @throws Error for a layer whose maps the page does not have
   */
  readLayer(name: string): Promise<LayerMaps> {
    const source = this.#source;
    if (source === undefined) return this.#cache.get(`${this.section.id}/${name}`, () => this.#readLayer(name));
    const layer = this.findLayer(name);
    if (layer === undefined) return Promise.reject(new Error(`no maps of ${name}`));
    return this.#cache.get(layer, () => source.readMaps(layer));
  }

  async #readLayer(name: string): Promise<LayerMaps> {
    const layer = this.findLayer(name);
    const about = this.#network.find((each) => each.name === name);
    if (layer === undefined || about === undefined) throw new Error(`no maps of ${name} on this page`);
    if (layer.steps.length > 0) return readSheet(this.#findPicture(name), layer);
    return poolMaps(await this.readLayer(about.pools ?? ''), layer, about);
  }

  /** The address of a layer's picture, within a text that only those without a script see as elements. */
  #findPicture(name: string): string {
    const text = findAll(this.section, 'noscript.maps').find(({ dataset }) => dataset.layer === name)?.textContent;
    const start = text?.indexOf('data:image/png;base64,') ?? -1;
    if (text === undefined || start < 0) throw new Error(`no picture of ${name} on this page`);
    return text.slice(start, text.indexOf('"', start));
  }
}
