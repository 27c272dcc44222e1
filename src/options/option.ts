// An option of a command: one entry that types, defaults, checks, flags, the options page and the schema are made from.

/** JSON Schema of a value. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** @param settings all options of the call, with their defaults @throws CnnvizError BAD_ARGUMENT */
type Check = (name: string, value: unknown, settings: Readonly<Record<string, unknown>>) => void;

/** What a kind of option does. */
export interface Behavior<Value> {
  /** Reads the value of a flag. Absent for one without a value. @param previous of a flag that is repeated @throws UnreadableText */
  parse?(text: string, previous?: Value): Value;
  readonly check: Check;
  readonly schema: JsonSchema;
  readonly choices?: readonly string[];
  /** what a value is called in help; absent for a flag without one */
  readonly placeholder?: string;
  /** what a shell completes a value with; names where a value may be something else too */
  readonly completes?: 'folder' | 'file' | 'run' | readonly string[];
}

/** What an entry says besides, whatever its kind. */
export interface Entry<Value> extends Partial<Pick<Behavior<Value>, 'check' | 'completes' | 'placeholder'>> {
  /** what --help says of it, after the flag */
  readonly help: string;
  readonly default?: Value;
  /** text of --help for the default; false: none */
  readonly shownDefault?: string | false;
  readonly required?: true;
  /** the flag's name, where it is not the option's own with hyphens */
  readonly flag?: string;
  /** stands without a flag, in the order of the table: one value, or all that are left */
  readonly argument?: 'one' | 'many';
  /** may stand without its flag too: what --help says of that */
  readonly bare?: string;
  /** there is `--no-<flag>` too: what --help says of it, or hidden there; only: the flag itself is not offered */
  readonly negated?: { readonly help?: string; readonly only?: true };
  /** what the flag means without its value */
  readonly preset?: string;
  /** an earlier name: works, but neither --help nor a shell offers it */
  readonly hidden?: true;
  /** every command has its flag */
  readonly global?: true;
  /** may be another one when a run goes on */
  readonly resumable?: true;
  /** decides what the network is, or what it gets to see: comes from the run with `from` */
  readonly network?: true;
}

/** Whether a call has to name it, may, or gets a default. */
export type Presence = 'required' | 'default' | 'optional';

/** @see Entry for what is in it */
export interface Option<Value = unknown, Given extends Presence = Presence> extends Behavior<Value>, Entry<Value> {
  readonly check: Check;
  /** the heading of --help that it stands below */
  readonly section?: string;
  /** never there: the type says it */
  readonly presence?: Given;
}

/** Options by their names in the library. */
export type OptionTable = Readonly<Record<string, Option>>;

/** Makes options of a kind from entries. */
export interface Kind<Value, Spec = object> {
  (entry: Entry<Value> & Spec & { readonly default: Value }): Option<Value, 'default'>;
  (entry: Entry<Value> & Spec & { readonly required: true }): Option<Value, 'required'>;
  (entry: Entry<Value> & Spec): Option<Value, 'optional'>;
}

/** @param behave what options of this kind do, from what a kind's entries say of their own */
export function defineKind<Value, Spec = object>(behave: (spec: Spec) => Behavior<Value>): Kind<Value, Spec> {
  const make = (entry: Entry<Value> & Spec): Option<Value> => ({ ...behave(entry), ...entry });
  return make as Kind<Value, Spec>;
}

/** Puts options below a heading of --help. */
export function section<Table extends OptionTable>(heading: string, table: Table): Table {
  const entries = Object.entries(table).map(([name, option]) => [name, { ...option, section: heading }]);
  return Object.fromEntries(entries) as Table;
}

/** Text of a flag that is no value of its kind. */
export class UnreadableText extends Error {
  readonly expected: string;

  constructor(expected: string) {
    super(`expected ${expected}`);
    this.expected = expected;
  }
}
