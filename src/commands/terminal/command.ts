// A command of the command line: what it is called, its options, what it does, what it prints.

import type { Terminal } from '../../cli/terminal.js';
import type { OptionTable } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { SharedEvent, WorkflowOptions } from '../shared/events.js';
import type { EventDescribers } from './event-line.js';

/** One command, in its folder's cli.ts. Nothing of it may load what the command needs: that is imported when it runs. */
export interface CommandDefinition<
  Options = Record<string, unknown>,
  Result extends object = object,
  Own extends { type: string } = { type: never },
> {
  readonly name: string;
  /** in the list of all commands */
  readonly summary: string;
  readonly description: string;
  /** the heading that it stands below in that list */
  readonly group?: string;
  readonly options: OptionTable;
  /** not in that list */
  readonly hidden?: true;
  /** What is wrong with options that are right one by one, as a usage error. */
  findMisuse?(options: Options): string | undefined;
  /** @param commands all there are */
  run(options: Options, commands: readonly CommandDefinition[]): Promise<Result>;
  /** how to describe the events that are its own, for one run */
  describeEvents?(): EventDescribers<Own>;
  /** Prints what came of it; JSON mode prints that by itself. */
  show?(result: Result, terminal: Terminal, options: Options): void;
  /** What `--open` shows of a result, a file or a folder; undefined: there is nothing to be seen; null: another process shows it. */
  findView?(result: Result): string | undefined | null;
  /** What `--open` shows while the command goes on, of what it reports: an address. */
  findAddress?(event: SharedEvent | Own): string | undefined;
  /** it goes on until Ctrl-C, so that this needs no words */
  readonly endsBySignal?: true;
  /** commands below this one */
  readonly parts?: readonly CommandDefinition[];
  /** of such a command: why it takes none of the options of the command around it */
  readonly standsAlone?: string;
}

/** Gives a command's functions the types of its options. */
export function defineCommand<
  Table extends OptionTable,
  Result extends object,
  Own extends { type: string } = { type: never },
>(
  definition: CommandDefinition<OptionsOf<Table> & WorkflowOptions<Own>, Result, Own> & { readonly options: Table },
): CommandDefinition {
  return definition as unknown as CommandDefinition;
}
