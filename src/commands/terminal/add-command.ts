// A command's definition as a command of commander.

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CnnvizError } from '../../base/errors.js';
import { addOptions } from '../../cli/flags.js';
import { formatPath } from '../../cli/format.js';
import { readGivenOptions } from '../../cli/given-options.js';
import type { Shell } from '../../cli/shell.js';
import { spellOptions } from '../../cli/spelling.js';
import type { Terminal } from '../../cli/terminal.js';
import type { CommandDefinition } from './command.js';
import type { EventDescribers } from './event-line.js';

/** Adds one command, and those below it. */
export function addCommand(
  parent: Command,
  definition: CommandDefinition,
  shell: Shell,
  commands: readonly CommandDefinition[],
): void {
  const { name, summary, description, options, parts = [] } = definition;
  const command = parent
    .command(name, { hidden: definition.hidden === true })
    .summary(summary)
    .description(description);
  if (definition.group !== undefined) command.helpGroup(`${definition.group}:`);
  addOptions(command, options);
  command.action(async (...places: unknown[]) => {
    try {
      await runCommand(command, definition, places, shell, commands);
    } catch (error) {
      throw spellOptions(error, options);
    }
  });
  for (const part of parts) addCommand(command, part, shell, commands);
  if (definition.standsAlone !== undefined) hideOuterOptions(command, parent);
}

/**
 * Runs a command with an ear for events and for Ctrl-C, and shows what comes back: in JSON mode as a last line of type
 * `result`.
 */
async function runCommand(
  command: Command,
  definition: CommandDefinition,
  places: readonly unknown[],
  { terminal, interruption }: Shell,
  commands: readonly CommandDefinition[],
): Promise<void> {
  if (definition.standsAlone !== undefined) refuseOuterOptions(command, definition);
  const given = readGivenOptions(command, definition.options, places);
  const misuse = definition.findMisuse?.(given);
  if (misuse !== undefined) command.error(misuse);
  const { createNarrator } = await import('./narrator.js');
  const { verbose, open, ...rest } = given;
  const narrator = createNarrator(terminal, definition.describeEvents?.() ?? noDescribers, {
    verbose: verbose === true,
  });
  let isOpened = false;
  const onEvent: typeof narrator.onEvent = (event) => {
    narrator.onEvent(event);
    const address = open === true ? definition.findAddress?.(event) : undefined;
    if (address === undefined) return;
    isOpened = true;
    void openAddress(address, terminal);
  };
  try {
    const options = { ...rest, onEvent, signal: interruption.listen(definition.endsBySignal) };
    const result = await definition.run(options, commands);
    narrator.finish();
    if ('worker' in result && 'interrupted' in result && result.interrupted) interruption.adopt();
    terminal.json({ type: 'result', ...result });
    definition.show?.(result, terminal, options);
    if (open === true && !isOpened) await openResult(definition.findView?.(result), terminal);
  } finally {
    narrator.finish();
  }
}

/** Never fails: the result is there. */
async function openResult(path: string | undefined | null, terminal: Terminal): Promise<void> {
  if (path === null) return;
  if (path === undefined) return terminal.note('Not opened: there is no picture to show.', 'yellow');
  await openAddress(resolve(path), terminal, formatPath(resolve(path)));
}

/** Never fails. @param name as it is printed where it cannot be opened */
async function openAddress(address: string, terminal: Terminal, name = address): Promise<void> {
  const { openViewer } = await import('../../cli/open-viewer.js');
  const problem = await openViewer(address);
  if (problem !== undefined) terminal.note(`Not opened, since ${problem}: ${name}`, 'yellow');
}

/** of a command that reports what every command reports */
const noDescribers = {} as EventDescribers<{ type: never }>;

/** Options of the command around it say nothing here: of those, help shows what every command has. */
function hideOuterOptions(command: Command, parent: Command): void {
  const visibleGlobalOptions = () => parent.createHelp().visibleGlobalOptions(parent);
  command.configureHelp({ ...command.configureHelp(), visibleGlobalOptions });
}

/** They are read wherever they stand: all but shared ones would be ignored. */
function refuseOuterOptions(command: Command, { name, standsAlone, options }: CommandDefinition): void {
  const { parent } = command;
  const given = parent?.options.filter((option) => {
    const attribute = option.attributeName();
    return !Object.hasOwn(options, attribute) && parent.getOptionValueSource(attribute) === 'cli';
  });
  if (given === undefined || given.length === 0) return;
  const flags = given.map(({ long }) => long).join(', ');
  throw new CnnvizError('BAD_ARGUMENT', `${flags}: not supported by "${parent?.name()} ${name}", ${standsAlone}`);
}
