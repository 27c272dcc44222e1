// What the command line calls an option.

import type { Option } from './option.js';

/** `batchSize` is `batch-size` there, without the hyphens before it. */
export function flagName(name: string, { flag }: Pick<Option, 'flag'>): string {
  return flag ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Options that everyone types have a letter, the same in every command. */
const LETTERS: Readonly<Record<string, string>> = { data: 'd', model: 'm', out: 'o' };

/** `-o`, where there is one. */
export function letterOf(name: string): string | undefined {
  return Object.hasOwn(LETTERS, name) ? LETTERS[name] : undefined;
}

/** How a person writes it: `--batch-size`, or the name that an argument has in the usage line. */
export function spellOption(name: string, option: Option): string {
  if (option.argument !== undefined) return option.placeholder ?? name;
  return `--${option.negated?.only ? 'no-' : ''}${flagName(name, option)}`;
}
