import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { buildTestProgram } from './helpers/run-command-line.js';

/** `cnnviz`, then each command as it is listed, with its own right below it. */
function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

// What changes here is what a person reads: look at the difference, then write it with `npx vitest run -u`.
it('prints this help of every command', async () => {
  const { program } = buildTestProgram();
  const pages = allCommands(program).map(
    (command) => `$ ${nameOf(command)} --help\n\n${command.createHelp().formatHelp(command, command.createHelp())}`,
  );
  await expect(pages.join('\n\n')).toMatchFileSnapshot('snapshots/help.txt');
});
