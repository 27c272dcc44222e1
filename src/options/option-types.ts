// The types that a table of options stands for.

import type { Option, OptionTable, Presence } from './option.js';

type ValueOf<Entry> = Entry extends Option<infer Value> ? Value : never;

type NamesOf<Table, Given extends Presence> = {
  [Name in keyof Table]: Table[Name] extends Option<unknown, infer Own> ? (Own extends Given ? Name : never) : never;
}[keyof Table];

/**
 * What a caller may say. Mapped from parts of the table itself, so that editors show the comment above an entry; declarations
 * lose those of tables that are spread from other files, so an interface extends these tables' types before its own.
 */
export type OptionsOf<Table extends OptionTable> = {
  [Name in keyof Pick<Table, NamesOf<Table, 'required'>>]: ValueOf<Table[Name]>;
} & {
  [Name in keyof Pick<Table, NamesOf<Table, 'default' | 'optional'>>]?: ValueOf<Table[Name]>;
};

/** Those that have a default. */
export type DefaultsOf<Table extends OptionTable> = {
  [Name in keyof Pick<Table, NamesOf<Table, 'default'>>]: ValueOf<Table[Name]>;
};
