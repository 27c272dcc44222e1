// `cnnviz check`.

import type { Command } from 'commander';
import { CnnvizError } from '../../base/errors.js';
import { parseCount } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { showCheckResult } from './cli-result.js';
import { CHECK_DEFAULTS, type CheckOptions } from './options.js';
import type { CheckResult } from './result.js';

/** `cnnviz check` */
export function addCheckCommand(program: Command, shell: Shell): void {
  const command = program
    .command('check')
    .summary('look at a folder of photographs before training')
    .description(
      'Look at a folder of photographs before anything is trained: classes, sizes, formats, files that cannot be read or are\n' +
        'left out, photographs stored turned, odd depths, one-color images, the same or nearly the same picture in two splits or\n' +
        'under two classes, frames of one recording. Decodes every image once, changes nothing.',
    )
    .argument('<dir>', 'folder of photographs')
    .option(
      '--auto-orient',
      'photographs will be turned as their EXIF data say: that they are stored turned is then no warning',
    )
    .option('--examples <count>', 'how many images to name for each finding', parseCount, CHECK_DEFAULTS.examples)
    .option('--out <dir>', 'write a contact sheet of each class')
    .option('--strict', 'exit with 1 when there is a warning');
  command.action((data: string) =>
    runCommand<Omit<CheckOptions, 'data'> & { strict?: boolean }, CheckResult>(
      shell,
      command,
      async (options) => {
        const { check } = await import('./index.js');
        return check({ ...options, data });
      },
      (result, terminal) => {
        showCheckResult(result, terminal);
        if (command.opts<{ strict?: boolean }>().strict) requireNoWarnings(result);
      },
    ),
  );
}

function requireNoWarnings({ root, warningCount }: CheckResult): void {
  if (warningCount === 0) return;
  const warnings = warningCount === 1 ? '1 warning' : `${warningCount} warnings`;
  throw new CnnvizError('BAD_DATASET', `${root}: ${warnings}, which --strict does not allow`);
}
