// An image of a film: its numbers and maps after one epoch, from the server.

import { nonValueIndex } from '../../../rendering/normalize.js';
import type { LayerData, PageImageData } from '../../image-data.js';
import type { ChannelMap, LayerMaps } from '../layer-maps.js';
import type { ImageSource } from '../page-image.js';

/** The step of a film that is no number. */
const nonValueStep = 255;

/** A connection that has stalled is not waited for any longer. */
const patienceMs = 60_000;

export class FilmSource implements ImageSource {
  /** of the film, from 0 */
  readonly #number: number;
  /** when it began: another one in the same folder has other values */
  readonly #run: string;
  /** what is known without an epoch */
  readonly #nothing: PageImageData;
  #data: PageImageData;
  #epoch: number | undefined;
  #isMissing = false;
  /** the last that came: it is there without a server, too */
  #whole: { epoch: number; data: PageImageData } | undefined;
  #wanted: number | undefined;
  #loading = Promise.resolve();

  /** @param first what is known without an epoch */
  constructor(number: number, run: string, first: PageImageData) {
    this.#number = number;
    this.#run = run;
    this.#nothing = first;
    this.#data = first;
  }

  get data(): PageImageData {
    return this.#data;
  }

  /** The one that the data are of; undefined where nothing of the epoch that was asked for could be had. */
  get epoch(): number | undefined {
    return this.#epoch;
  }

  /** Whether the data are of an epoch. Those that could not be had may come later. */
  has(epoch: number): boolean {
    return epoch === this.#epoch && !this.#isMissing;
  }

  /** Reads what is known after another epoch, the last that was asked for. Where there is no server, none of another one is left. */
  load(epoch: number): Promise<void> {
    this.#wanted = epoch;
    this.#loading = this.#loading.then(() => this.#load(epoch));
    return this.#loading;
  }

  async #load(epoch: number): Promise<void> {
    if (epoch !== this.#wanted || this.has(epoch)) return;
    try {
      if (epoch !== this.#whole?.epoch) this.#whole = (await this.#read(epoch)) ?? this.#whole;
      this.#epoch = epoch;
    } catch {
      this.#epoch = undefined; // the server has ended
    }
    this.#isMissing = epoch !== this.#whole?.epoch;
    this.#data = this.#isMissing || this.#whole === undefined ? this.#nothing : this.#whole.data;
  }

  async #read(epoch: number): Promise<{ epoch: number; data: PageImageData } | undefined> {
    const response = await this.#fetch(`${epoch}/${this.#number}`);
    return response.ok ? { epoch, data: (await response.json()) as PageImageData } : undefined;
  }

  async readMaps(layer: LayerData): Promise<LayerMaps> {
    const place = this.#data.layers.indexOf(layer);
    const response = await this.#fetch(`${this.#epoch}/${this.#number}/${place}`);
    if (!response.ok) throw new Error(`${layer.name}: ${response.status}`);
    return cutMaps(new Uint8Array(await response.arrayBuffer()), layer);
  }

  #fetch(path: string): Promise<Response> {
    const run = encodeURIComponent(this.#run);
    return fetch(`frames/${path}?run=${run}`, { signal: AbortSignal.timeout(patienceMs) });
  }
}

/** @param codes one byte a value, channel by channel */
function cutMaps(codes: Uint8Array, layer: LayerData): LayerMaps {
  const { width, height, min, max } = layer;
  const size = width * height;
  const channels = min.map((low, channel): ChannelMap => {
    const steps = Uint16Array.from(codes.subarray(channel * size, (channel + 1) * size));
    if (layer.nonFinite?.[channel] !== undefined)
      steps.forEach((step, at) => {
        if (step === nonValueStep) steps[at] = nonValueIndex;
      });
    return { steps, stepCount: layer.steps[channel] as number, low, high: max[channel] as number };
  });
  return { layer, channels };
}
