// `cnnviz report`.

import type { Command } from 'commander';
import { formatAmount } from '../../base/counts.js';
import { formatBytes, formatPath } from '../../cli/format.js';
import { addModelOptions, addOrientationOptions, choiceOption, parseLayers } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { METHODS } from '../explain/options.js';
import { runCommand } from '../terminal/run-command.js';
import { REPORT_DEFAULTS, type ReportOptions } from './options.js';

/** `cnnviz report` */
export function addReportCommand(program: Command, shell: Shell): void {
  const command = program
    .command('report')
    .summary('put all that the network shows of an image on one page')
    .description(
      'Put all that the network shows of images on one page: an HTML file that opens anywhere, without network.',
    )
    .argument('<images...>', 'image files, or folders of them')
    .option('--layers <which>', 'how many, names, or "all" (default: every layer before Flatten)', parseLayers)
    .addOption(choiceOption('--method <name>', 'how evidence is measured', METHODS, REPORT_DEFAULTS.method))
    .option('--channel-report <path>', 'results of "cnnviz channels" (default: those in the run, if there are any)')
    .option('--out <file>', "the page's file", REPORT_DEFAULTS.out);
  addModelOptions(command, REPORT_DEFAULTS);
  addOrientationOptions(command);
  command.action((images: string[]) =>
    runCommand(
      shell,
      command,
      async (options: Omit<ReportOptions, 'images'>, backend) => {
        const { report } = await import('./index.js');
        return report({ ...options, images, backend });
      },
      ({ path, byteCount, images: shown }, terminal) =>
        terminal.print(
          `Report: ${formatPath(path)} (${formatAmount(shown.length, 'image')}, ${formatBytes(byteCount)})`,
        ),
    ),
  );
}
