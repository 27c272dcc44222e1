// Server-sent events for many readers: each gets the newest state, and none can make this process wait or grow.

import type { ServerResponse } from 'node:http';

export interface StreamTiming {
  /** between two signs of life: a page that hears none connects again */
  beatMs: number;
  /** how long a reader may take nothing before it is dropped */
  patienceMs: number;
}

export const STREAM_TIMING: StreamTiming = { beatMs: 10_000, patienceMs: 60_000 };

/** A page that reads. */
interface Reader {
  response: ServerResponse;
  /** since when it takes nothing; undefined: it does */
  fullSince: number | undefined;
  /** something was published meanwhile */
  isBehind: boolean;
}

/** The one text that all readers are to have, whenever it changes. A slow one gets the newest when it can take it. */
export class EventStreams {
  readonly #readers = new Set<Reader>();
  readonly #timing: StreamTiming;
  readonly #timer: NodeJS.Timeout;
  #newest: string;

  /** @param first what a reader gets as it comes; one line */
  constructor(first: string, timing = STREAM_TIMING) {
    this.#newest = first;
    this.#timing = timing;
    this.#timer = setInterval(() => this.#beat(), timing.beatMs).unref();
  }

  get count(): number {
    return this.#readers.size;
  }

  add(response: ServerResponse): void {
    const reader: Reader = { response, fullSince: undefined, isBehind: false };
    this.#readers.add(reader);
    response.on('close', () => this.#readers.delete(reader));
    response.on('error', () => response.destroy());
    response.on('drain', () => {
      reader.fullSince = undefined;
      if (reader.isBehind) this.#sendNewest(reader);
    });
    response.write('retry: 1000\n\n');
    this.#sendNewest(reader);
  }

  /** @param text one line */
  publish(text: string): void {
    this.#newest = text;
    for (const reader of this.#readers) this.#sendNewest(reader);
  }

  /** Ends every stream once its reader has what was published, or has had a second for it. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const ended = [...this.#readers].map(({ response }) => new Promise((done) => response.end(done)));
    const late = new Promise((done) => setTimeout(done, 1000).unref());
    await Promise.race([Promise.all(ended), late]);
    for (const { response } of this.#readers) response.destroy();
  }

  #sendNewest(reader: Reader): void {
    reader.isBehind = reader.fullSince !== undefined;
    if (!reader.isBehind) this.#write(reader, `event: state\ndata: ${this.#newest}\n\n`);
  }

  #beat(): void {
    for (const reader of this.#readers) {
      if (reader.fullSince === undefined) this.#write(reader, 'event: beat\ndata:\n\n');
      else if (Date.now() - reader.fullSince > this.#timing.patienceMs) reader.response.destroy();
    }
  }

  #write(reader: Reader, text: string): void {
    if (!reader.response.write(text)) reader.fullSince ??= Date.now();
  }
}
