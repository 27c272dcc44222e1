// Collects the options that a person gave, under their names in the library.

import { type Command, Option as Flag } from 'commander';
import { CnnvizError } from '../base/errors.js';
import { flagName } from '../options/flag-name.js';
import type { Option, OptionTable } from '../options/option.js';

/**
 * Options that were given: recipes and other runs have some of their own, and defaults must not look as if they were asked for.
 *
 * @param places what stands without a flag, in the order of the table
 */
export function readGivenOptions(
  command: Command,
  table: OptionTable,
  places: readonly unknown[],
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  let place = 0;
  for (const [name, option] of Object.entries(table)) {
    const value = option.argument !== undefined ? places[place++] : readFlag(command, name, option);
    const bare = option.bare === undefined ? undefined : places[place++];
    if (value !== undefined && bare !== undefined) {
      throw new CnnvizError('BAD_ARGUMENT', `${name}: given twice, as ${value} and as ${bare}`, { options: [name] });
    }
    const chosen = value ?? bare;
    if (chosen !== undefined) given[name] = chosen;
  }
  return given;
}

function readFlag(command: Command, name: string, option: Option): unknown {
  const attribute = new Flag(`--${flagName(name, option)}`).attributeName();
  return option.global ? command.optsWithGlobals()[attribute] : findGiven(command, attribute);
}

/** A command around this one that has the same option takes it first. */
function findGiven(command: Command | null, attribute: string): unknown {
  if (command === null) return undefined;
  const source = command.getOptionValueSource(attribute);
  if (source === undefined || source === 'default') return findGiven(command.parent, attribute);
  return command.getOptionValue(attribute);
}
