// Entries of an option table as flags and arguments of commander.

import { Argument, type Command, Option as Flag } from 'commander';
import { requireOneOf } from '../base/arguments.js';
import { badArgument } from '../base/errors.js';
import { flagName, letterOf } from '../options/flag-name.js';
import { type Option, type OptionTable, UnreadableText } from '../options/option.js';
import { defaultsOf } from '../options/resolve.js';

/** Adds every option of a table but those that all commands share. */
export function addOptions(command: Command, table: OptionTable): void {
  const defaults = defaultsOf(table);
  for (const [name, option] of Object.entries(table)) {
    if (option.argument !== undefined) command.addArgument(toArgument(name, option));
    if (option.bare !== undefined) command.addArgument(new Argument(`[${option.placeholder}]`, option.bare));
    if (option.argument === undefined && !option.global)
      for (const flag of toFlags(name, option, defaults)) command.addOption(flag);
  }
}

function toArgument(name: string, { argument, placeholder = name, help, choices, required }: Option): Argument {
  const place = `${placeholder}${argument === 'many' ? '...' : ''}`;
  const made = new Argument(required ? `<${place}>` : `[${place}]`, help);
  return choices === undefined ? made : made.choices(choices);
}

/** The flag, and the one that says no where there is one. @param defaults of all options: ranges can depend on others */
export function toFlags(name: string, option: Option, defaults: object = {}): Flag[] {
  const flag = flagName(name, option);
  const { negated, section } = option;
  const flags = negated?.only ? [] : [toFlag(flag, option, defaults)];
  if (negated !== undefined) flags.push(new Flag(`--no-${flag}`, negated.help).hideHelp(negated.help === undefined));
  return section === undefined ? flags : flags.map((one) => one.helpGroup(`${section}:`));
}

function toFlag(name: string, option: Option, defaults: object): Flag {
  const { help, choices, preset, required } = option;
  const letter = letterOf(name);
  const short = letter === undefined ? '' : `-${letter}, `;
  const flag = new Flag(`${short}--${name}${describeValue(option)}`, help);
  if (choices !== undefined) flag.choices(choices);
  if (option.parse !== undefined) {
    flag.argParser((text, previous: unknown) => {
      const isFromEnvironment = flag.envVar !== undefined && process.env[flag.envVar] === text;
      const spelled = isFromEnvironment ? (flag.envVar as string) : `--${name}`;
      return readValue(spelled, option, defaults, text, previous);
    });
  }
  if (preset !== undefined) flag.preset(preset);
  if (required && option.bare === undefined) flag.makeOptionMandatory();
  if (option.hidden) flag.hideHelp();
  return showDefault(flag, option);
}

/** ` <count>`, or ` [run]` where it may be left out */
function describeValue({ parse, placeholder, preset }: Option): string {
  if (parse === undefined) return '';
  return preset === undefined ? ` <${placeholder}>` : ` [${placeholder}]`;
}

/**
 * What cannot be read is refused by the option's own check, in the same words as a value out of range.
 *
 * @param name as a person wrote it
 */
function readValue(name: string, option: Option, defaults: object, text: string, previous: unknown): unknown {
  try {
    const value = option.parse?.(text, previous);
    if (option.choices !== undefined) {
      for (const one of [value].flat()) requireOneOf(name, one as string, option.choices);
    }
    return value;
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    option.check(name, text, defaults as Record<string, unknown>);
    throw badArgument(name, error.expected, text);
  }
}

/** For the help alone: commands get what was asked for, and the library knows its defaults. */
function showDefault(flag: Flag, { parse, default: value, shownDefault }: Option): Flag {
  if (parse === undefined || value === undefined || shownDefault === false) return flag;
  const text = shownDefault ?? (Array.isArray(value) ? value.join(',') : undefined);
  return flag.default(value, text);
}
