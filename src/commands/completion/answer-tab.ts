// What a shell gets when Tab is pressed.

import type { Command, OptionHandler, RootCommand } from '@bomb.sh/tab';
import { flagName } from '../../options/flag-name.js';
import type { Option, OptionTable } from '../../options/option.js';
import type { CommandDefinition } from '../terminal/command.js';
import { GLOBAL_OPTIONS } from '../terminal/global-options.js';

/** Prints how the last word can go on, as the scripts of `cnnviz completion` read it. */
export async function answerTab(words: readonly string[], commands: readonly CommandDefinition[]): Promise<void> {
  const { RootCommand, ShellCompDirective } = await import('@bomb.sh/tab');
  const root = new RootCommand();
  let directive = ShellCompDirective.ShellCompDirectiveNoFileComp;
  // The library never lets a shell complete paths: it sets this before it prints it.
  Object.defineProperty(root, 'directive', { get: () => directive, set: () => undefined });
  const completeWith = (option: Option): OptionHandler => {
    return (complete) => {
      const names = typeof option.completes === 'object' ? option.completes : (option.choices ?? []);
      for (const name of names) complete(name, '');
      if (typeof option.completes === 'object') return;
      if (option.completes === 'folder') directive = ShellCompDirective.ShellCompDirectiveFilterDirs;
      else if (option.completes !== undefined) directive = ShellCompDirective.ShellCompDirectiveDefault;
    };
  };
  addTable(root, GLOBAL_OPTIONS, completeWith);
  root.option('version', 'print the version');
  addCommands(root, commands, completeWith, '');
  root.parse([...words]);
}

type Completer = (option: Option) => OptionHandler;

function addCommands(
  root: RootCommand,
  commands: readonly CommandDefinition[],
  completeWith: Completer,
  before: string,
): void {
  for (const { name, summary, options, hidden, parts = [] } of commands) {
    if (hidden) continue;
    const path = `${before}${name}`;
    addTable(root.command(path, summary), { ...options, ...GLOBAL_OPTIONS }, completeWith);
    addCommands(root, parts, completeWith, `${path} `);
  }
}

function addTable(command: Command, table: OptionTable, completeWith: Completer): void {
  for (const [name, option] of Object.entries(table)) {
    if (option.hidden) continue;
    if (option.argument !== undefined) {
      command.argument(name, completeWith(option) as never, option.argument === 'many');
      continue;
    }
    const flag = flagName(name, option);
    if (option.parse !== undefined) command.option(flag, option.help, completeWith(option));
    else if (!option.negated?.only) command.option(flag, option.help);
    if (option.negated?.help !== undefined) command.option(`no-${flag}`, option.negated.help);
  }
  command.option('help', 'print this help');
}
