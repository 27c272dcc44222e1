// Entries of an option table as flags and arguments of commander.

import { Argument, type Command, Option as Flag, InvalidArgumentError } from 'commander';
import { flagName } from '../options/flag-name.js';
import { type Option, type OptionTable, UnreadableText } from '../options/option.js';

/** Adds every option of a table but those that all commands share. */
export function addOptions(command: Command, table: OptionTable): void {
  for (const [name, option] of Object.entries(table)) {
    if (option.argument !== undefined) command.addArgument(toArgument(name, option));
    else if (!option.global) for (const flag of toFlags(name, option)) command.addOption(flag);
  }
}

function toArgument(name: string, { argument, placeholder = name, help, choices }: Option): Argument {
  const made = new Argument(`<${placeholder}${argument === 'many' ? '...' : ''}>`, help);
  return choices === undefined ? made : made.choices(choices);
}

/** The flag, and the one that says no where there is one. */
export function toFlags(name: string, option: Option): Flag[] {
  const flag = flagName(name, option);
  const { negated, section } = option;
  const flags = negated?.only ? [] : [toFlag(flag, option)];
  if (negated !== undefined) flags.push(new Flag(`--no-${flag}`, negated.help).hideHelp(negated.help === undefined));
  return section === undefined ? flags : flags.map((one) => one.helpGroup(`${section}:`));
}

function toFlag(name: string, option: Option): Flag {
  const { help, choices, preset, required } = option;
  const flag = new Flag(`--${name}${describeValue(option)}`, help);
  if (choices !== undefined) flag.choices(choices);
  else if (option.parse !== undefined) flag.argParser((text, previous: unknown) => readValue(option, text, previous));
  if (preset !== undefined) flag.preset(preset);
  if (required) flag.makeOptionMandatory();
  return showDefault(flag, option);
}

/** ` <count>`, or ` [run]` where it may be left out */
function describeValue({ parse, placeholder, preset }: Option): string {
  if (parse === undefined) return '';
  return preset === undefined ? ` <${placeholder}>` : ` [${placeholder}]`;
}

function readValue(option: Option, text: string, previous: unknown): unknown {
  try {
    return option.parse?.(text, previous);
  } catch (error) {
    throw error instanceof UnreadableText ? new InvalidArgumentError(error.message) : error;
  }
}

/** For the help alone: commands get what was asked for, and the library knows its defaults. */
function showDefault(flag: Flag, { parse, default: value, shownDefault }: Option): Flag {
  if (parse === undefined || value === undefined || shownDefault === false) return flag;
  const text = shownDefault ?? (Array.isArray(value) ? value.join(',') : undefined);
  return flag.default(value, text);
}
