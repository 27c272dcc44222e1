// A model of a terminal: as much of it as a live line takes.

/** What a person sees after some text was written; resizing wraps lines anew, as most terminals do. */
export class Screen {
  /** lines as they were written, however many rows they take */
  readonly #lines: string[] = [''];
  #columns: number;
  #line = 0;
  #column = 0;
  #wraps = true;

  constructor(columns: number) {
    this.#columns = columns;
  }

  resize(columns: number): void {
    this.#columns = columns;
  }

  write(text: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal reads
    for (const [part] of text.matchAll(/\x1b\[\??\d*[A-Za-z]|./gsu)) this.#take(part);
  }

  get rows(): string[] {
    return this.#lines.flatMap((line) => {
      const rows = Math.max(1, Math.ceil(line.length / this.#columns));
      return Array.from({ length: rows }, (_, row) => line.slice(row * this.#columns, (row + 1) * this.#columns));
    });
  }

  #take(part: string): void {
    if (part === '\r') this.#column -= this.#column % this.#columns;
    else if (part === '\n') {
      this.#line++;
      this.#column = 0;
      if (this.#lines[this.#line] === undefined) this.#lines.push('');
    } else if (part === '\x1b[J') {
      this.#lines[this.#line] = (this.#lines[this.#line] as string).slice(0, this.#column);
      this.#lines.splice(this.#line + 1);
    } else if (part === '\x1b[?7l') this.#wraps = false;
    else if (part === '\x1b[?7h') this.#wraps = true;
    else if (!part.startsWith('\x1b')) this.#put(part);
  }

  #put(letter: string): void {
    const line = this.#lines[this.#line] as string;
    const column = this.#wraps ? this.#column : Math.min(this.#column, this.#columns - 1);
    this.#lines[this.#line] = line.slice(0, column) + letter + line.slice(column + 1);
    this.#column = this.#wraps ? column + 1 : Math.min(column + 1, this.#columns - 1);
  }
}
