// The commands.

import { Command } from 'commander';
import { findNearName } from './base/near-name.js';
import type { Shell } from './cli/shell.js';
import { activationsCommand } from './commands/activations/cli.js';
import { augmentCommand } from './commands/augment/cli.js';
import { channelsCommand } from './commands/channels/cli.js';
import { checkCommand } from './commands/check/cli.js';
import { compareCommand } from './commands/compare/cli.js';
import { completeCommand, completionCommand } from './commands/completion/cli.js';
import { doctorCommand } from './commands/doctor/cli.js';
import { dreamCommand } from './commands/dream/cli.js';
import { evaluateCommand } from './commands/evaluate/cli.js';
import { explainCommand } from './commands/explain/cli.js';
import { exportCommand } from './commands/export/cli.js';
import { groupsCommand } from './commands/groups/cli.js';
import { kernelsCommand } from './commands/kernels/cli.js';
import { neighborsCommand } from './commands/neighbors/cli.js';
import { patchesCommand } from './commands/patches/cli.js';
import { predictCommand } from './commands/predict/cli.js';
import { reportCommand } from './commands/report/cli.js';
import { sampleDataCommand } from './commands/sample-data/cli.js';
import { serveCommand } from './commands/serve/cli.js';
import { setupCommand } from './commands/setup/cli.js';
import { readOwnVersion } from './commands/shared/versions.js';
import { splitCommand } from './commands/split/cli.js';
import { summaryCommand } from './commands/summary/cli.js';
import { addCommand } from './commands/terminal/add-command.js';
import type { CommandDefinition } from './commands/terminal/command.js';
import { addGlobalOptions, chooseOutputMode } from './commands/terminal/global-options.js';
import { timelapseCommand } from './commands/timelapse/cli.js';
import { trainCommand } from './commands/train/cli.js';

/** In the order of the help; each is a folder's. What a command needs is imported when it runs. */
export const COMMANDS: readonly CommandDefinition[] = [
  trainCommand,
  serveCommand,
  activationsCommand,
  channelsCommand,
  explainCommand,
  patchesCommand,
  groupsCommand,
  neighborsCommand,
  kernelsCommand,
  dreamCommand,
  timelapseCommand,
  compareCommand,
  reportCommand,
  predictCommand,
  evaluateCommand,
  summaryCommand,
  exportCommand,
  checkCommand,
  splitCommand,
  augmentCommand,
  sampleDataCommand,
  setupCommand,
  doctorCommand,
  completionCommand,
  completeCommand,
];

/** The whole command line. Building it loads commander and nothing else, so that help comes at once. */
export function buildProgram(shell: Shell): Command {
  const program = new Command('cnnviz')
    .description('Train an image CNN on a folder of images and see what every layer sees.')
    .version(readOwnVersion(), '-V, --version', 'print the version')
    .configureOutput({
      writeOut: (text) => shell.terminal.write('stdout', text),
      writeErr: (text) => shell.terminal.write('stderr', text),
      outputError: (text) => reportUsage(text, shell),
    })
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  addGlobalOptions(program);
  program.addHelpText('before', ({ error }) => {
    if (error) refuseUnknownHelp(program);
    return '';
  });
  program.hook('preAction', (_, command) => {
    shell.terminal.mode = chooseOutputMode(command);
  });
  for (const command of COMMANDS) addCommand(program, command, shell, COMMANDS);
  for (const command of program.commands) {
    command.configureOutput({ outputError: (text) => reportUsage(describeMissing(text, command), shell) });
    command.showHelpAfterError(`(cnnviz ${command.name()} --help shows every option)`);
  }
  return program.showHelpAfterError('(cnnviz --help shows every command)');
}

/** `help trian`: commander has nothing but the whole help for that. Called before help is printed. */
function refuseUnknownHelp(program: Command): void {
  const [word, name] = program.args;
  if (word !== 'help' || name === undefined) return;
  const near = findNearName(
    name,
    COMMANDS.map((command) => command.name),
  );
  const suggestion = near === undefined ? '' : `\n(Did you mean ${near}?)`;
  program.error(`error: unknown command '${name}'${suggestion}`, { code: 'commander.unknownCommand' });
}

/** Commander names an argument that is missing; this adds what it is. */
function describeMissing(text: string, { registeredArguments }: Command): string {
  const [message, name] = /^error: missing required argument '(.*)'$/m.exec(text) ?? [];
  const missing = registeredArguments.find((argument) => argument.name() === name);
  if (message === undefined || missing === undefined) return text;
  return text.replace(message, `${message}: ${missing.argChoices?.join(', ') ?? missing.description}`);
}

/** In one line, as the arguments that are wrong are part of it; commander adds another one with what may have been meant. */
function reportUsage(text: string, { terminal }: Shell): void {
  const [, error = text, suggestion] = /^(.*?)(?:\n(\(Did you mean [^\n]*\)))?\n$/s.exec(text) ?? [];
  terminal.alert(error);
  if (suggestion !== undefined) terminal.alert(suggestion);
}
