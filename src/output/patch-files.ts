// Pictures of the patches that channels respond to most.

import { formatAmount } from '../base/counts.js';
import { formatNumber } from '../base/numbers.js';
import type { Raster } from '../base/raster.js';
import type { ChannelPatches, LayerPatches, PatchReport, Rectangle } from '../patches/report.js';
import { countBlocks, type PatchBlock, renderPatchSheet } from '../rendering/patch-sheet.js';
import { encodePng } from '../rendering/png.js';
import { fileBase, type ResultFile } from './activation-files.js';
import { colorOfClass } from './class-colors.js';
import type { PictureSource } from './picture-source.js';

/** What the sheet of a layer is drawn from. */
interface DrawablePatches {
  report: Pick<PatchReport, 'classes' | 'count' | 'input'>;
  layer: LayerPatches;
  /** of the layer in its network, from 1 */
  position: number;
  /** which of the layer's sheets, from 1, and of how many */
  part: { number: number; count: number };
  /** those that are shown, in their order, and a picture of each of their patches */
  channels: readonly { channel: ChannelPatches; pictures: readonly Raster[] }[];
  source: PictureSource;
}

/** The channels of a layer by the sheets that have room for them. */
export function divideIntoSheets(
  channels: readonly ChannelPatches[],
  { classes, count }: Pick<PatchReport, 'classes' | 'count'>,
): ChannelPatches[][] {
  const headings = channels.map((channel) => describeChannel(channel, classes));
  const size = countBlocks(headings, count);
  return Array.from({ length: Math.ceil(channels.length / size) }, (_, sheet) =>
    channels.slice(sheet * size, (sheet + 1) * size),
  );
}

/** Draws the patches of channels of a layer. @returns the file, and the places of the patches on it, channel by channel */
export function drawPatches(drawable: DrawablePatches): { file: ResultFile; places: Rectangle[][] } {
  const { report, layer, position, part, channels, source } = drawable;
  const { classes, count, input } = report;
  const indexOf = new Map(classes.map(({ className }, index) => [className, index]));
  const blocks = channels.map(({ channel, pictures }): PatchBlock => {
    const patches = channel.patches.map(({ value, className }, index) => {
      const classIndex = className === null ? undefined : indexOf.get(className);
      const color = classIndex === undefined ? {} : { color: colorOfClass(classIndex) };
      return { picture: pictures[index] as Raster, text: formatNumber(value), ...color };
    });
    return { heading: describeChannel(channel, classes), patches };
  });
  const { field } = layer;
  const sees =
    field === null
      ? 'a value may depend on the whole image'
      : `a value depends on at most ${field.height} × ${field.width} of ${input.height} × ${input.width} pixels`;
  const { picture, places } = renderPatchSheet({
    title: `${layer.name}: what its channels respond to most${part.count === 1 ? '' : `, sheet ${part.number} of ${part.count}`}`,
    subtitle: [...source.words, sees].join(' - '),
    blocks,
    count,
    legend: classes.map(({ className }, index) => ({ text: className, color: colorOfClass(index) })),
    sentences: [
      'a patch: the part of the image that the value below depends on; the network got the image resized to ' +
        `${input.height} × ${input.width} pixels (${input.interpolation})`,
      ...(classes.length > 0 ? ['the bar has the color of the class of its image'] : []),
      "the number: the channel's largest value on that image; no image is there twice for a channel",
      classes.length > 0
        ? 'AUC: how well the mean of the channel on an image separates that class from the others; 0.5 is not at all'
        : 'channels with the largest values first',
    ],
  });
  const content = encodePng(picture, { ...source.texts, Layer: layer.name });
  const name = `${fileBase(layer.name, position)}-patches${part.count === 1 ? '' : `-${part.number}`}.png`;
  return { file: { name, content }, places };
}

/** `channel 3: AUC 0.75 for dogs, 312 images reach 6` */
function describeChannel(channel: ChannelPatches, classes: PatchReport['classes']): string {
  const { tells, auc, patches, highestImageCount, nonFiniteImageCount } = channel;
  const named = tells === null ? undefined : classes[tells]?.className;
  const [highest] = patches;
  const clauses = [
    ...(named === undefined ? [] : [`AUC ${auc?.toFixed(2)} for ${named}`]),
    ...(nonFiniteImageCount > 0 ? [`NaN or infinity on ${formatAmount(nonFiniteImageCount, 'image')}`] : []),
    ...(highest === undefined && nonFiniteImageCount === 0 ? ['fires on no image'] : []),
    ...(highest !== undefined && highestImageCount > patches.length
      ? [`${formatAmount(highestImageCount, 'image')} reach ${formatNumber(highest.value)}`]
      : []),
  ];
  return [`channel ${channel.channel}`, ...(clauses.length > 0 ? [clauses.join(', ')] : [])].join(': ');
}
