// Errors in the words of the command line.

import { CnnvizError } from '../base/errors.js';
import { flagName, spellOption } from '../options/flag-name.js';
import type { OptionTable } from '../options/option.js';

/** The library calls an option `batchSize`, the command line `--batch-size`: where a message names it first. */
export function spellOptions(error: unknown, table: OptionTable): unknown {
  if (!(error instanceof CnnvizError)) return error;
  const message = error.options.reduce((text, name) => spellOne(text, name, table), error.message);
  if (message === error.message) return error;
  const { code, hint } = error;
  return new CnnvizError(code, message, { cause: error, ...(hint !== undefined && { hint }) });
}

/** @param named as the library or as the command line has it */
function spellOne(message: string, named: string, table: OptionTable): string {
  const found = Object.entries(table).find(([name, option]) => name === named || flagName(name, option) === named);
  return found === undefined
    ? message
    : message.replace(new RegExp(`"${named}"|\\b${named}\\b`), spellOption(...found));
}
