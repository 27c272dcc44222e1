// `cnnviz dream`.

import { formatNumber } from '../../base/numbers.js';
import { formatPath } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import { type EventDescribers, showProgress, silentFiles } from '../terminal/event-line.js';
import { inColumn } from '../terminal/in-column.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import type { DreamEvent } from './events.js';
import { DREAM_OPTIONS } from './options.js';
import { nameSubject } from './plan-dreams.js';
import { type Dream, type DreamResult, describeImages } from './result.js';

const dreamDescribers: EventDescribers<DreamEvent | { type: 'file-written'; path: string }> = {
  ...silentFiles,
  'ascent-step': ({ name, done, total }) => [showProgress(name, done, total, 'steps')],
  dream: (dream) => [{ kind: 'result', text: inColumn(nameSubject(dream), describeReached(dream)) }],
};

function describeReached({ layer, reached, began, highest, exceeds }: Dream): string {
  const what = layer === null ? 'score' : 'mean';
  const own = `${what} ${formatNumber(reached.mean)}${layer === null ? '' : `, largest ${formatNumber(reached.max)}`}`;
  const start = began ? '' : ': never began (no gradient)';
  if (highest === null) return `${own}${start}`;
  const others = `${formatNumber(highest.mean)}${layer === null ? '' : ` and ${formatNumber(highest.max)}`}`;
  return `${own}; images at most ${others}${exceeds ? '' : start || ': failed'}`;
}

export const dreamCommand = defineCommand({
  name: 'dream',
  group: 'See what a network sees',
  summary: 'make pictures that make channels fire, or a class score high',
  description:
    'Make pictures that make channels fire, or the score of a class high, by gradient ascent, and compare what each reaches with ' +
    'the highest that any image does.',
  options: { ...DREAM_OPTIONS, ...section('Output', OPEN_OPTION) },
  describeEvents: () => dreamDescribers,
  run: async (options) => (await import('./index.js')).dream(options),
  findView: ({ folder }) => folder,
  show: showDreams,
});

function showDreams({ dreams, madeCount, comparedWith, folder }: DreamResult, terminal: Terminal): void {
  const compared = dreams.filter(({ exceeds }) => exceeds !== null);
  const above = compared.filter(({ exceeds }) => exceeds).length;
  terminal.print();
  if (comparedWith !== null) {
    const idle = compared.filter(({ exceeds, began }) => !exceeds && !began).length;
    const images = describeImages(comparedWith);
    terminal.print(
      `${above} of ${compared.length} reach more than any of ${images}${idle === 0 ? '' : `, ${idle} never began`}.`,
    );
  }
  if (madeCount < dreams.length) terminal.print(`${dreams.length - madeCount} were there from an earlier call.`);
  terminal.print(`Results: ${formatPath(folder)}`);
}
