// `cnnviz setup`.

import type { Command } from 'commander';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { setupDescribers } from './cli-events.js';
import type { SetupOptions } from './index.js';

/** `cnnviz setup` */
export function addSetupCommand(program: Command, shell: Shell): void {
  const command = program
    .command('setup')
    .summary('set up native TensorFlow, which is many times faster')
    .description('Set up native TensorFlow in a folder of yours (CNNVIZ_HOME, else the XDG cache). Needs pip and g++.')
    .option('--from <file>', "TensorFlow's official wheel, where there is no network")
    .option('--force', 'set up anew');
  command.action(() =>
    runCommand(
      shell,
      command,
      async (options: SetupOptions) => {
        const { setup } = await import('./index.js');
        return setup(options);
      },
      ({ changed, tensorflowVersion, folder }, terminal) => {
        const state = changed ? 'is set up' : 'was already set up';
        terminal.print(`Native TensorFlow ${tensorflowVersion} ${state}: ${folder}`);
      },
      () => setupDescribers,
    ),
  );
}
