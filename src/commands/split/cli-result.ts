// Prints the result of `split`.

import { join } from 'node:path';
import { formatAmount, formatCount } from '../../base/counts.js';
import { formatPath } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import type { Duplicates, SplitResult } from './index.js';

/** How many of a list are shown; all of them are in split.json. */
const SHOWN = 20;

/** Says what is where, and which pictures are there several times. */
export function showSplitResult(result: SplitResult, terminal: Terminal): void {
  const { dest, classNames, imageCounts, linked, duplicates } = result;
  const counts = Object.entries(imageCounts).map(([split, count]) => `${split} ${formatCount(count)}`);
  const path = formatPath(dest);
  terminal.print(`${linked ? 'Linked' : 'Copied'}: ${path} (${counts.join(', ')}; ${classNames.join(', ')})`);
  const [straddling, within] = [true, false].map((wanted) =>
    duplicates.filter(({ straddles }) => straddles === wanted),
  );
  showDuplicates('in more than one split', straddling ?? [], path, terminal);
  showDuplicates('repeated within one split', within ?? [], path, terminal);
  terminal.print(`Next: cnnviz train --data ${path}`);
}

function showDuplicates(where: string, groups: Duplicates[], path: string, terminal: Terminal): void {
  if (groups.length === 0) return;
  terminal.print(`${formatAmount(groups.length, 'image is', 'images are')} ${where}:`);
  for (const { images, identical, distance } of groups.slice(0, SHOWN)) {
    const surely = identical ? 'identical files' : `look the same, ${distance} of 256 bits differ`;
    terminal.print(`  ${images.join('  ')}  (${surely})`);
  }
  if (groups.length > SHOWN) terminal.print(`  and ${groups.length - SHOWN} more: ${join(path, 'split.json')}`);
}
