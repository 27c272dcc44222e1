// `cnnviz compare`.

import { formatPercent } from '../../base/numbers.js';
import { formatPath, formatTable } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import { section } from '../../options/option.js';
import { describePrediction } from '../shared/true-class.js';
import { defineCommand } from '../terminal/command.js';
import { OPEN_OPTION } from '../terminal/view-options.js';
import { COMPARE_OPTIONS } from './options.js';
import { rankChannels } from './rank-channels.js';
import type { ComparedChannel, MapComparison, NetworkComparison } from './result.js';

/** Images that the terminal lists. */
const listedImages = 5;

export const compareCommand = defineCommand({
  name: 'compare',
  group: 'See what a network sees',
  summary: 'compare two images on a network, or two networks on images',
  description:
    'Compare two images on one network, or two networks (or two epochs of a run: RUN@12) on an image, channel by channel; ' +
    'or two networks on a folder of images: which layers are alike (CKA), which channels do the same, and on which images the ' +
    'two differ.',
  options: { ...COMPARE_OPTIONS, ...section('Output', OPEN_OPTION) },
  run: async (options) => (await import('./index.js')).compare(options),
  show: (result, terminal) => {
    terminal.print();
    if (result.kind === 'networks-on-folder') showNetworks(result, terminal);
    else showMaps(result, terminal);
  },
  findView: ({ folder }) => folder,
});

function showMaps({ layers, unmatched }: MapComparison, terminal: Terminal): void {
  const rows = layers.map(({ name, cosine, channels }) => {
    return [name, cosine === null ? '-' : cosine.toFixed(3), describeMost(rankChannels(channels))];
  });
  for (const line of formatTable([['layer', 'cosine', ''], ...rows])) terminal.print(line);
  if (unmatched.length > 0) terminal.print(`Of another shape, or in one network only: ${unmatched.join(', ')}`);
}

function describeMost([first]: readonly ComparedChannel[]): string {
  if (first === undefined || first.difference === null) return 'no finite values to compare';
  return first.difference === 0 ? 'nothing differs' : `differs most in channel ${first.channel}`;
}

function showNetworks({ a, b, cka, matches, judgements }: NetworkComparison, terminal: Terminal): void {
  const rows = a.layers.map((name, row) => {
    const values = cka.values[row] as (number | null)[];
    const own = values[b.layers.indexOf(name)];
    const most = values.reduce<number>(
      (best, value, index) => ((value ?? -1) > (values[best] ?? -1) ? index : best),
      0,
    );
    const match = matches.find((each) => each.name === name);
    const best = `${b.layers[most]} ${formatCka(values[most])}`;
    return [name, formatCka(own), best, formatCka(match?.medianBest), formatCka(match?.medianPairs)];
  });
  const head = ['layer', 'CKA', 'most alike', 'median r: best partner', 'one to one'];
  for (const line of formatTable([head, ...rows])) terminal.print(line);
  if (judgements === null) return;
  const { sameCount, imageCount, right, images } = judgements;
  terminal.print(`The same class for ${formatPercent(sameCount / imageCount)} of ${imageCount} images`);
  if (right)
    terminal.print(
      `Right: both ${right.both}, only the first ${right.onlyA}, only the second ${right.onlyB}, neither ${right.neither}`,
    );
  for (const { path, a: first, b: second } of images
    .filter(({ difference }) => difference > 0)
    .slice(0, listedImages)) {
    terminal.print(`  ${formatPath(path)}: ${describePrediction(first)} and ${describePrediction(second)}`);
  }
}

function formatCka(value: number | null | undefined): string {
  return typeof value === 'number' ? value.toFixed(3) : '-';
}
