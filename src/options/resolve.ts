// Options of a call, with what the table says of them.

import type { OptionTable } from './option.js';
import type { DefaultsOf } from './option-types.js';

/** The defaults of a table, where there are any. */
export function defaultsOf<Table extends OptionTable>(table: Table): DefaultsOf<Table> {
  const entries = Object.entries(table).filter(([, option]) => option.default !== undefined);
  return Object.fromEntries(entries.map(([name, option]) => [name, option.default])) as DefaultsOf<Table>;
}

/**
 * Fills in the defaults and checks every option, in the order of the table. One that is `undefined` counts as not given; what
 * the table does not know stays as it is.
 *
 * @param presets what stands for options that are not given, before the defaults
 * @throws CnnvizError BAD_ARGUMENT
 */
export function resolveOptions<Table extends OptionTable, Options extends object>(
  table: Table,
  options: Options,
  presets: object = {},
): Options & DefaultsOf<Table> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const settings = { ...defaultsOf(table), ...presets, ...Object.fromEntries(given) };
  checkOptions(table, settings);
  return settings as Options & DefaultsOf<Table>;
}

/** @param settings options with their defaults @throws CnnvizError BAD_ARGUMENT */
export function checkOptions(table: OptionTable, settings: object): void {
  const values = settings as Record<string, unknown>;
  for (const [name, option] of Object.entries(table)) {
    if (values[name] !== undefined || option.required) option.check(name, values[name], values);
  }
}
