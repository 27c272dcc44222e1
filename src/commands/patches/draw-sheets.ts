// Draws the sheets of patches, as many for a layer as its channels need.

import type { Raster } from '../../base/raster.js';
import type { ResultFile } from '../../output/activation-files.js';
import { divideIntoSheets, drawPatches } from '../../output/patch-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import { seenFully } from '../../patches/build-report.js';
import type { ChannelPatches, LayerPatches, PatchReport } from '../../patches/report.js';
import type { PatchShard } from '../../patches/shard.js';
import { PATCH_SIZE } from '../../rendering/patch-sheet.js';
import { type Cut, type CutSource, cutPatches } from './cut-patches.js';

/** What the sheets are drawn from. */
interface SheetJob extends CutSource {
  whole: PatchShard;
  /** what was found; gets the places of what is drawn */
  report: PatchReport;
  /** channels to draw; default: the first `top` of each layer */
  channels: readonly number[] | undefined;
  top: number;
  source: PictureSource;
}

/** Channels of a layer on one sheet. */
interface Sheet {
  layer: LayerPatches;
  /** of the layer in the report */
  index: number;
  part: { number: number; count: number };
  channels: ChannelPatches[];
}

/** Sheets are drawn together, so that images are decoded once, as long as their patches take no more than this. */
const bytesAtOnce = 128 * 2 ** 20;

/**
 * Draws the sheets, one after the other, so that nobody holds all of them.
 *
 * @throws CnnvizError BAD_IMAGE for an image that is gone or another one by now, ABORTED
 */
export async function* drawSheets(job: SheetJob): AsyncGenerator<ResultFile> {
  const { report } = job;
  const sheets = report.layers.flatMap((layer, index) => {
    const parts = divideIntoSheets(chooseChannels(layer, job), report);
    return parts.map((channels, part): Sheet => {
      return { layer, index, part: { number: part + 1, count: parts.length }, channels };
    });
  });
  const progress = { drawn: 0, total: 0 };
  const groups = groupSheets(sheets, report.count).map((together) => {
    const pictures = together.map(({ channels }) => channels.map((): Raster[] => []));
    const cuts = listCuts(job, together, pictures);
    progress.total += cuts.size;
    return { together, pictures, cuts };
  });
  for (const { together, pictures, cuts } of groups) {
    await cutPatches(job, cuts, progress);
    for (const [at, sheet] of together.entries()) yield drawSheet(job, sheet, pictures[at] as Raster[][]);
    pictures.length = 0;
  }
}

function chooseChannels({ channels }: LayerPatches, { channels: wanted, top }: SheetJob): ChannelPatches[] {
  if (wanted !== undefined) return channels.filter(({ channel }) => wanted.includes(channel));
  return channels.filter(({ patches }) => patches.length > 0).slice(0, top);
}

function groupSheets(sheets: readonly Sheet[], count: number): Sheet[][] {
  const groups: Sheet[][] = [];
  let room = 0;
  for (const sheet of sheets) {
    const bytes = sheet.channels.length * count * PATCH_SIZE ** 2 * 4;
    if (bytes > room) groups.push([]);
    room = (bytes > room ? bytesAtOnce : room) - bytes;
    groups.at(-1)?.push(sheet);
  }
  return groups;
}

/** What is to be cut out of each image, in the order of their paths. */
function listCuts({ whole }: SheetJob, sheets: readonly Sheet[], pictures: readonly Raster[][][]): Map<string, Cut[]> {
  const cuts = new Map<string, Cut[]>();
  sheets.forEach(({ index: layer, channels }, sheet) => {
    const { field = null } = whole.layers[layer] ?? {};
    channels.forEach(({ patches }, channel) => {
      patches.forEach((patch, index) => {
        const cut: Cut = {
          box: seenFully(field, patch.cell, whole.preprocessing),
          size: PATCH_SIZE,
          take(picture, place) {
            (pictures[sheet]?.[channel] as Raster[])[index] = picture;
            patch.image = place;
          },
        };
        const ofImage = cuts.get(patch.path);
        if (ofImage === undefined) cuts.set(patch.path, [cut]);
        else ofImage.push(cut);
      });
    });
  });
  return cuts;
}

function drawSheet({ report, whole, source }: SheetJob, sheet: Sheet, pictures: readonly Raster[][]): ResultFile {
  const { layer, index, part, channels } = sheet;
  const position = whole.layers[index]?.position as number;
  const entries = channels.map((channel, at) => ({ channel, pictures: pictures[at] as Raster[] }));
  const { file, places } = drawPatches({ report, layer, position, part, channels: entries, source });
  layer.sheets.push(file.name);
  channels.forEach((channel, at) => {
    channel.sheet = file.name;
    channel.patches.forEach((patch, place) => {
      patch.tile = places[at]?.[place] ?? null;
    });
  });
  return file;
}
