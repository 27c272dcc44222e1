// `cnnviz sample-data`.

import type { Command } from 'commander';
import { parseCount } from '../../cli/options.js';
import type { Shell } from '../../cli/shell.js';
import { runCommand } from '../terminal/run-command.js';
import { SAMPLE_DATA_DEFAULTS, type SampleDataOptions } from './options.js';

/** `cnnviz sample-data` */
export function addSampleDataCommand(program: Command, shell: Shell): void {
  const { classes, seed, imageSize, train, validation, test } = SAMPLE_DATA_DEFAULTS;
  const command = program
    .command('sample-data')
    .summary('draw a set of cats and dogs to try things on')
    .description('Draw a set of cats and dogs to try things on. The same options give the same files.')
    .argument('<dir>', 'folder to make')
    .option('--classes <count>', '2, or 3 for rabbits as well', parseCount, classes)
    .option('--train <count>', 'pictures of each class', parseCount, train)
    .option('--validation <count>', 'pictures of each class', parseCount, validation)
    .option('--test <count>', 'pictures of each class', parseCount, test)
    .option('--image-size <pixels>', 'longer side', parseCount, imageSize)
    .option('--seed <number>', 'decides what is drawn', parseCount, seed);
  command.action((dir: string) =>
    runCommand<Omit<SampleDataOptions, 'dir'>, { dir: string; drawn: boolean; imageCounts: Record<string, number> }>(
      shell,
      command,
      async (options) => {
        const { sampleData } = await import('./index.js');
        return sampleData({ ...options, dir });
      },
      (result, terminal) => {
        const counts = Object.entries(result.imageCounts).map(([split, count]) => `${split} ${count}`);
        terminal.print(`${result.drawn ? 'Drawn' : 'Already exists'}: ${result.dir} (${counts.join(', ')})`);
        terminal.print(`Next: cnnviz train --data ${dir}`);
      },
    ),
  );
}
