// What the command line calls an option.

import type { Option } from './option.js';

/** `batchSize` is `batch-size` there, without the hyphens before it. */
export function flagName(name: string, { flag }: Pick<Option, 'flag'>): string {
  return flag ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** How a person writes it: `--batch-size`, or the name that an argument has in the usage line. */
export function spellOption(name: string, option: Option): string {
  if (option.argument !== undefined) return option.placeholder ?? name;
  return `--${option.negated?.only ? 'no-' : ''}${flagName(name, option)}`;
}
