// Collects the options that a person gave, under their names in the library.

import { type Command, Option as Flag } from 'commander';
import { flagName } from '../options/flag-name.js';
import type { OptionTable } from '../options/option.js';

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
    const attribute = new Flag(`--${flagName(name, option)}`).attributeName();
    const value =
      option.argument !== undefined
        ? places[place++]
        : option.global
          ? command.optsWithGlobals()[attribute]
          : findGiven(command, attribute);
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** A command around this one that has the same option takes it first. */
function findGiven(command: Command | null, attribute: string): unknown {
  if (command === null) return undefined;
  const source = command.getOptionValueSource(attribute);
  if (source === undefined || source === 'default') return findGiven(command.parent, attribute);
  return command.getOptionValue(attribute);
}
