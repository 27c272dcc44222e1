// What was read last, within a number of bytes.

interface Kept {
  reading: Promise<unknown>;
  /** 0 while it is being read, and of what is too large to be counted */
  bytes: number;
}

/** Reads each thing once, however many ask for it; what was asked for longest ago goes first. What is larger than all the rest may be together is kept beside it, until the next such. */
export class RecentReads {
  readonly #keptAtMost: number;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  /** the key of what is too large to be counted */
  #large: string | undefined;

  /** @param keptAtMost bytes */
  constructor(keptAtMost: number) {
    this.#keptAtMost = keptAtMost;
  }

  /** What is undefined, or fails, is not kept. */
  async get<Value>(
    key: string,
    read: () => Promise<Value | undefined>,
    sizeOf: (value: Value) => number,
  ): Promise<Value | undefined> {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.reading as Promise<Value | undefined>;
    }
    const kept: Kept = { reading: read(), bytes: 0 };
    this.#kept.set(key, kept);
    try {
      const value = (await kept.reading) as Value | undefined;
      if (value === undefined) this.#kept.delete(key);
      else this.#count(key, kept, sizeOf(value));
      return value;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  #count(newKey: string, kept: Kept, bytes: number): void {
    if (bytes > this.#keptAtMost) {
      // Whoever asks for parts of it asks again and again: it is read once for all of them.
      if (this.#large !== undefined) this.#kept.delete(this.#large);
      this.#large = newKey;
      return;
    }
    kept.bytes = bytes;
    this.#bytes += bytes;
    for (const [key, oldest] of this.#kept) {
      if (this.#bytes <= this.#keptAtMost) return;
      if (oldest.bytes === 0) continue;
      this.#bytes -= oldest.bytes;
      this.#kept.delete(key);
    }
  }
}
