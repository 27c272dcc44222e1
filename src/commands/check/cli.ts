// `cnnviz check`.

import { CnnvizError } from '../../base/errors.js';
import { toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { showCheckResult } from './cli-result.js';
import { CHECK_OPTIONS } from './options.js';
import type { CheckResult } from './result.js';

export const checkCommand = defineCommand({
  name: 'check',
  group: 'Images',
  summary: 'check images for problems before training',
  description:
    'Check a folder of images before training: classes, sizes, formats, files that cannot be read or are\n' +
    'left out, images stored rotated, unusual bit depths, one-color images, duplicates across splits or\n' +
    'classes, frames of one recording. Decodes every image once and changes nothing.',
  options: {
    ...CHECK_OPTIONS,
    ...section('Output', { ...OPEN_OPTION, strict: toggle({ help: 'exit with code 1 if there is a warning' }) }),
  },
  run: async ({ strict: _, ...options }) => (await import('./index.js')).check(options),
  findView: ({ out }) => out,
  findMisuse: ({ open, out }) =>
    open && out === undefined ? 'error: --open: expected together with --out, which draws the pictures' : undefined,
  show(result, terminal, { strict }) {
    showCheckResult(result, terminal);
    if (strict) requireNoWarnings(result);
  },
});

function requireNoWarnings({ root, warningCount }: CheckResult): void {
  if (warningCount === 0) return;
  const warnings = warningCount === 1 ? '1 warning' : `${warningCount} warnings`;
  throw new CnnvizError('BAD_DATASET', `${root}: ${warnings}, which --strict does not allow`);
}
