// Pictures of groups of channels that fire together.

import type { CellPlaces } from '../base/cell-places.js';
import { formatAmount, formatCount } from '../base/counts.js';
import { formatNumber, formatPercent } from '../base/numbers.js';
import type { Raster } from '../base/raster.js';
import { GROUP_COLORS } from '../groups/group-colors.js';
import type { ChannelGroup, GroupReport, LayerGroups } from '../groups/report.js';
import { overlayGroups } from '../rendering/group-overlay.js';
import { renderGroupSheet } from '../rendering/group-sheet.js';
import type { PatchPlace } from '../rendering/patch-sheet.js';
import { encodePng } from '../rendering/png.js';
import { fileBase, type ResultFile } from './activation-files.js';
import { describeChance, describeShares } from './group-words.js';
import type { PictureSource } from './picture-source.js';

/** What the sheet of a layer is drawn from. */
interface DrawableGroups {
  report: Pick<GroupReport, 'classes' | 'input'>;
  layer: LayerGroups;
  /** of the layer in its network, from 1 */
  position: number;
  /** group by group, a picture of each patch */
  patches: readonly (readonly Raster[])[];
  /** images that groups are painted on, and how strongly each group fires on them: group by group [rows, columns] */
  images: readonly { path: string; photograph: Raster; strengths: readonly Float32Array[] }[];
  /** where the cells of the maps lie on an image */
  cells: CellPlaces;
  source: PictureSource;
}

/** Draws the groups of a layer. @returns the file, and the places of the painted images and of the patches on it, group by group */
export function drawGroups(drawable: DrawableGroups): {
  file: ResultFile;
  images: PatchPlace[];
  patches: PatchPlace[][];
} {
  const { report, layer, position, patches, images, cells, source } = drawable;
  const highest = images.map(({ strengths }) => Math.max(0, ...strengths.map(findHighest)));
  // One bright spot would make all images pale.
  const limit = highest.reduce((sum, each) => sum + each, 0) / Math.max(1, highest.length);
  const size = { width: cells.columns.length, height: cells.rows.length };
  const { picture, ...places } = renderGroupSheet({
    title: `${layer.name}: ${formatAmount(layer.groups.length, 'group')} of its ${formatCount(layer.shape.at(-1) as number)} channels`,
    subtitle: [...source.words, describeShares(layer)].join(' - '),
    images: images.map(({ path, photograph, strengths }) => {
      const maps = strengths.map((values, group) => ({ map: { ...size, values }, color: colorOf(group) }));
      return { name: path, photograph, painted: overlayGroups(photograph, maps, cells, limit) };
    }),
    rows: layer.groups.map((group, index) => ({
      color: colorOf(index),
      heading: describeGroup(group, report.classes),
      words: describeChannels(group),
      patches: group.patches.map(({ value }, at) => ({
        picture: patches[index]?.[at] as Raster,
        text: formatNumber(value),
      })),
    })),
    sentences: explain(layer, limit),
  });
  const content = encodePng(picture, { ...source.texts, Layer: layer.name });
  return { file: { name: `${fileBase(layer.name, position)}-groups.png`, content }, ...places };
}

function colorOf(group: number) {
  return GROUP_COLORS[group % GROUP_COLORS.length] as (typeof GROUP_COLORS)[number];
}

function findHighest(values: Float32Array): number {
  return values.reduce((highest, value) => Math.max(highest, value), 0);
}

/** `group 1: 34 % of it, AUC 0.81 for dogs - patches: dogs 7, cats 2` */
function describeGroup(
  { number, part, tells, auc, recurrence, patches }: ChannelGroup,
  classes: GroupReport['classes'],
): string {
  const named = tells === null ? undefined : classes[tells]?.className;
  const counts = classes
    .map(({ className }) => ({ className, count: patches.filter((patch) => patch.className === className).length }))
    .filter(({ count }) => count > 0)
    .map(({ className, count }) => `${className} ${formatCount(count)}`);
  return [
    `group ${number}: ${formatPercent(part)}`,
    ...(named === undefined ? [] : [`AUC ${auc?.toFixed(2)} for ${named}`]),
    `found again ${recurrence.toFixed(2)}`,
    ...(counts.length > 0 ? [`patches: ${counts.join(', ')}`] : []),
  ].join(' - ');
}

/** Channels that a line names. */
const named = 8;

function describeChannels({ channels }: ChannelGroup): string {
  const first = channels.slice(0, named).map(({ channel, weight }) => `${channel} (${weight.toFixed(2)})`);
  const rest = channels.length - first.length;
  return `channels ${first.join(', ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}`;
}

function explain(layer: LayerGroups, limit: number): string[] {
  const { nonFiniteImageCount } = layer;
  return [
    ...(layer.groups.length > 0 ? explainGroups(layer, limit) : []),
    ...(nonFiniteImageCount > 0
      ? [`left out: ${formatAmount(nonFiniteImageCount, 'image')} with NaN or infinity`]
      : []),
  ];
}

function explainGroups(layer: LayerGroups, limit: number): string[] {
  return [
    'a color: the group that is strongest there, the more opaque the stronger, up to the ' +
      `${formatNumber(limit)} that images reach on average; gray where none is; below, the patches of images where it is strongest, and how strong`,
    'a percentage: how much of what the groups explain is this one; AUC: how well its mean on an image separates that class from ' +
      'the others, 0.5 is not at all; found again: how much the groups of other beginnings are like it, 1 is the same every time',
    `together they explain ${formatPercent(layer.share ?? 0)} of the activity (its sum of squares); the sampled places ` +
      `${describeChance(layer)}: only what is above that is a finding`,
  ];
}
