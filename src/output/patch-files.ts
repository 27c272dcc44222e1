// Pictures of the patches that channels respond to most.

import { formatNumber } from '../base/numbers.js';
import type { Raster } from '../base/raster.js';
import type { ChannelPatches, LayerPatches, PatchReport, Rectangle } from '../patches/report.js';
import { type PatchBlock, renderPatchSheet } from '../rendering/patch-sheet.js';
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
  /** those that are shown, in their order, and a picture of each of their patches */
  channels: readonly { channel: ChannelPatches; pictures: readonly Raster[] }[];
  source: PictureSource;
}

/** Draws the patches of a layer's channels. @returns the file, and the places of the patches on it, channel by channel */
export function drawPatches(drawable: DrawablePatches): { file: ResultFile; places: Rectangle[][] } {
  const { report, layer, position, channels, source } = drawable;
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
      : `a patch is what one value is computed from: ${field.height} × ${field.width} of ${input.height} × ${input.width} pixels`;
  const { picture, places } = renderPatchSheet({
    title: `${layer.name}: what its channels respond to most`,
    subtitle: [...source.words, sees].join(' - '),
    blocks,
    count,
    legend: classes.map(({ className }, index) => ({ text: className, color: colorOfClass(index) })),
    sentences: [
      "below a patch: the channel's largest value on that image; no image is there twice for a channel",
      classes.length > 0
        ? 'AUC: how well the mean of the channel on an image separates that class from the others; 0.5 is not at all'
        : 'channels with the largest values first',
    ],
  });
  const content = encodePng(picture, { ...source.texts, Layer: layer.name });
  return { file: { name: `${fileBase(layer.name, position)}-patches.png`, content }, places };
}

function describeChannel({ channel, tells, auc, patches }: ChannelPatches, classes: PatchReport['classes']): string {
  if (patches.length === 0) return `channel ${channel}: fires on no image`;
  const named = tells === null ? undefined : classes[tells]?.className;
  return named === undefined ? `channel ${channel}` : `channel ${channel}: AUC ${auc?.toFixed(2)} for ${named}`;
}
