// Files that a command has written, as few lines as name them.

import { basename, dirname, sep } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import type { EventLine } from './event-line.js';

/** More files than these of one folder are counted. */
const NAMED = 3;

/** The file of a folder that says the most, where there is one. */
const FIRST = 'overview.png';

/** Collects what was written until something else is to be said. */
export class WrittenFiles {
  readonly #namesAll: boolean;
  #paths: string[] = [];

  /** @param namesAll every file gets its line */
  constructor(namesAll: boolean) {
    this.#namesAll = namesAll;
  }

  add(path: string): void {
    this.#paths.push(path);
  }

  /** `  kernels/ (9 files)`, or a line for each; they are then forgotten. */
  take(): EventLine[] {
    const paths = this.#paths;
    this.#paths = [];
    const [folder = '', ...others] = new Set(paths.map((path) => dirname(path)));
    const counts = !this.#namesAll && others.length === 0 && paths.length > NAMED;
    const first = paths.some((path) => basename(path) === FIRST) ? `; look first at ${FIRST}` : '';
    const lines = counts ? [`${folder}${sep} (${formatAmount(paths.length, 'file')}${first})`] : paths;
    return lines.map((line) => ({ kind: 'result', text: `  ${line}` }));
  }
}
