// The commands.

import { Command } from 'commander';
import { readOwnVersion } from '../workflows/versions.js';
import { addActivationsCommand } from './commands/activations.js';
import { addAugmentCommand } from './commands/augment.js';
import { addChannelsCommand } from './commands/channels.js';
import { addCheckCommand } from './commands/check.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addEvaluateCommand } from './commands/evaluate.js';
import { addExplainCommand } from './commands/explain.js';
import { addKernelsCommand } from './commands/kernels.js';
import { addPredictCommand } from './commands/predict.js';
import { addReportCommand } from './commands/report.js';
import { addSampleDataCommand } from './commands/sample-data.js';
import { addSetupCommand } from './commands/setup.js';
import { addSplitCommand } from './commands/split.js';
import { addSummaryCommand } from './commands/summary.js';
import { addTrainCommand } from './commands/train.js';
import { type GlobalOptions, globalOptions } from './options.js';
import type { Shell } from './shell.js';

/** Adds one command to the program; what the command needs is imported when it runs. */
type CommandAdder = (program: Command, shell: Shell) => void;

const commandAdders: CommandAdder[] = [
  addTrainCommand,
  addActivationsCommand,
  addChannelsCommand,
  addExplainCommand,
  addKernelsCommand,
  addReportCommand,
  addPredictCommand,
  addEvaluateCommand,
  addSummaryCommand,
  addCheckCommand,
  addSplitCommand,
  addAugmentCommand,
  addSampleDataCommand,
  addSetupCommand,
  addDoctorCommand,
];

/** The whole command line. Building it loads commander and nothing else, so that help comes at once. */
export function buildProgram(shell: Shell): Command {
  const program = new Command('cnnviz')
    .description('Train an image CNN on a folder of photographs and see what every layer sees.')
    .version(readOwnVersion(), '-V, --version', 'print the version')
    .configureOutput({
      writeOut: (text) => shell.terminal.write('stdout', text),
      writeErr: (text) => shell.terminal.write('stderr', text),
      outputError: (text) => reportUsage(text, shell),
    })
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  for (const option of globalOptions()) program.addOption(option);
  program.hook('preAction', (_, command) => {
    const { json, quiet } = command.optsWithGlobals<GlobalOptions>();
    shell.terminal.mode = json ? 'json' : quiet ? 'quiet' : 'text';
  });
  for (const add of commandAdders) add(program, shell);
  for (const command of program.commands) {
    command.showHelpAfterError(`(cnnviz ${command.name()} --help shows every option)`);
  }
  return program.showHelpAfterError('(cnnviz --help shows every command)');
}

/** In one line, as the arguments that are wrong are part of it; commander adds another one with what may have been meant. */
function reportUsage(text: string, { terminal }: Shell): void {
  const [, error = text, suggestion] = /^(.*?)(?:\n(\(Did you mean [^\n]*\)))?\n$/s.exec(text) ?? [];
  terminal.alert(error);
  if (suggestion !== undefined) terminal.alert(suggestion);
}
