// `cnnviz split`.

import type { Command } from 'commander';
import { groupByOption, parseCount } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { type EventDescribers, showProgress } from '../terminal/event-line.js';
import { runCommand } from '../terminal/run-command.js';
import { showSplitResult } from './cli-result.js';
import type { PlacedEvent } from './events.js';
import { SPLIT_DEFAULTS, type SplitOptions } from './options.js';

const placedDescribers: EventDescribers<PlacedEvent> = {
  'image-placed': ({ done, total }) => [showProgress('Writing', done, total, 'images')],
};

/** `cnnviz split` */
export function addSplitCommand(program: Command, shell: Shell): void {
  const { train, validation, test } = SPLIT_DEFAULTS;
  const command = program
    .command('split')
    .summary('divide photographs into train, validation and test')
    .description(
      'Divide photographs named <class>.<number>.jpg, or in class folders, into DEST/train, validation and test.\n' +
        'The first of each class in numeric order are taken, unless they are drawn. SRC stays as it is.\n' +
        'Tells which pictures are there twice, also when they were saved again or resized.',
    )
    .argument('<src>', 'folder of photographs or of class folders')
    .argument('<dest>', 'folder to make')
    .option('--train <count>', 'photographs of each class', parseCount, train)
    .option('--validation <count>', 'photographs of each class', parseCount, validation)
    .option('--test <count>', 'photographs of each class', parseCount, test)
    .option('--shuffle', 'draw them')
    .option('--seed <number>', 'decides what is drawn, and draws (default with --shuffle: 1)', parseCount)
    .addOption(groupByOption())
    .option('--link', 'make hard links instead of copies');
  command.action((source: string, dest: string) =>
    runCommand(
      shell,
      command,
      async (options: Omit<SplitOptions, 'source' | 'dest'>) => {
        const { split } = await import('./index.js');
        return split({ ...options, source, dest });
      },
      showSplitResult,
      () => placedDescribers,
    ),
  );
}
