// Cuts patches out of images and draws them, a sheet a layer.

import { join } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import type { Raster } from '../../base/raster.js';
import { cutPatch } from '../../dataset/decode/cut-patch.js';
import { lookAtPhotograph } from '../../dataset/decode/decode.js';
import { seenBox } from '../../dataset/decode/fit.js';
import type { RgbPixels } from '../../dataset/decode/pixels.js';
import type { ResultFile } from '../../output/activation-files.js';
import { drawPatches } from '../../output/patch-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import { clip, seenFully } from '../../patches/build-report.js';
import type { ChannelPatches, LayerPatches, Patch, PatchReport, Rectangle } from '../../patches/report.js';
import type { PatchShard } from '../../patches/shard.js';
import { PATCH_SIZE } from '../../rendering/patch-sheet.js';
import type { WorkflowOptions } from '../shared/events.js';

/** What the sheets are drawn from. */
interface SheetJob extends WorkflowOptions {
  whole: PatchShard;
  /** what was found; gets the places of what is drawn */
  report: PatchReport;
  /** of the data folder */
  root: string;
  /** channels to draw; default: the first `top` of each layer */
  channels: readonly number[] | undefined;
  top: number;
  source: PictureSource;
}

/** A patch to be cut, and where its picture goes. */
interface Cut {
  patch: Patch;
  /** what its cell sees of the input, as if that went on beyond its borders */
  box: Rectangle;
  pictures: Raster[];
  index: number;
}

/** Layers are drawn together, so that each image is decoded once, as long as their patches take no more than this. */
const bytesAtOnce = 128 * 2 ** 20;
/** Images that are decoded at the same time. */
const decodedAtOnce = 8;

/** Draws the sheets. @throws CnnvizError BAD_IMAGE for an image that is gone or another one by now, ABORTED */
export async function drawSheets(job: SheetJob): Promise<ResultFile[]> {
  const { report } = job;
  const shown = report.layers.map((layer, index) => ({ layer, index, channels: chooseChannels(layer, job) }));
  const drawn = shown.filter(({ channels }) => channels.length > 0);
  const progress = { drawn: 0, total: 0 };
  const groups = groupLayers(drawn, report.count).map((layers) => {
    const sheets = layers.map((layer) => ({ ...layer, pictures: layer.channels.map((): Raster[] => []) }));
    const cuts = listCuts(job, sheets);
    progress.total += cuts.size;
    return { sheets, cuts };
  });
  const files: ResultFile[] = [];
  for (const { sheets, cuts } of groups) {
    await cutAll(job, cuts, progress);
    for (const sheet of sheets) files.push(drawSheet(job, sheet));
  }
  return files;
}

type ShownLayer = { layer: LayerPatches; index: number; channels: ChannelPatches[] };
type Sheet = ShownLayer & { pictures: Raster[][] };

function chooseChannels({ channels }: LayerPatches, { channels: wanted, top }: SheetJob): ChannelPatches[] {
  if (wanted !== undefined) return channels.filter(({ channel }) => wanted.includes(channel));
  return channels.filter(({ patches }) => patches.length > 0).slice(0, top);
}

function groupLayers(layers: readonly ShownLayer[], count: number): ShownLayer[][] {
  const groups: ShownLayer[][] = [];
  let room = 0;
  for (const layer of layers) {
    const bytes = layer.channels.length * count * PATCH_SIZE ** 2 * 4;
    if (bytes > room) groups.push([]);
    room = (bytes > room ? bytesAtOnce : room) - bytes;
    groups.at(-1)?.push(layer);
  }
  return groups;
}

/** What is to be cut out of each image, in the order of their paths. */
function listCuts({ whole }: SheetJob, sheets: readonly Sheet[]): Map<string, Cut[]> {
  const cuts = new Map<string, Cut[]>();
  for (const { index: layer, channels, pictures } of sheets) {
    const { field = null } = whole.layers[layer] ?? {};
    channels.forEach(({ patches }, channel) => {
      patches.forEach((patch, index) => {
        const box = seenFully(field, patch.cell, whole.preprocessing);
        const cut = { patch, box, pictures: pictures[channel] as Raster[], index };
        cuts.set(patch.path, [...(cuts.get(patch.path) ?? []), cut]);
      });
    });
  }
  return cuts;
}

async function cutAll(
  { root, whole, signal, onEvent }: SheetJob,
  cuts: ReadonlyMap<string, readonly Cut[]>,
  progress: { drawn: number; total: number },
): Promise<void> {
  const byteCounts = new Map(Object.values(whole.files).map(({ path, byteCount }) => [path, byteCount]));
  const waiting = [...cuts];
  while (waiting.length > 0) {
    if (signal?.aborted)
      throw new CnnvizError('ABORTED', `stopped after ${progress.drawn} of ${progress.total} images`);
    const together = waiting.splice(0, decodedAtOnce);
    await Promise.all(
      together.map(([path, ofImage]) =>
        lookAtPhotograph(join(root, path), whole.preprocessing.autoOrient, (image, { bytes }) => {
          requireSize(join(root, path), bytes.length, byteCounts.get(path) as number);
          for (const cut of ofImage) takePatch(image, whole, cut);
        }),
      ),
    );
    progress.drawn += together.length;
    onEvent?.({ type: 'picture-drawn', ...progress });
  }
}

/** Another image under the same name was not measured. @throws CnnvizError BAD_IMAGE */
function requireSize(path: string, size: number, measured: number): void {
  if (size === measured) return;
  const [found, expected] = [size, measured].map((bytes) => formatAmount(bytes, 'byte'));
  throw new CnnvizError(
    'BAD_IMAGE',
    `${path}: another file than the one that was measured: ${found}, not ${expected}`,
    {
      hint: 'Put the measured images back, or run "cnnviz patches" again.',
    },
  );
}

function takePatch(image: RgbPixels, { preprocessing }: PatchShard, { patch, box, pictures, index }: Cut): void {
  const seen = seenBox(image, preprocessing);
  const [across, down] = [seen.width / preprocessing.width, seen.height / preprocessing.height];
  const onImage = {
    left: seen.left + box.left * across,
    top: seen.top + box.top * down,
    width: box.width * across,
    height: box.height * down,
  };
  const scale = PATCH_SIZE / Math.max(onImage.width, onImage.height);
  const [width, height] = [onImage.width, onImage.height].map((side) => Math.max(1, Math.round(side * scale)));
  pictures[index] = cutPatch(image, onImage, { width: width as number, height: height as number });
  const { width: imageWidth, height: imageHeight } = image;
  patch.image = { ...clip(onImage, image), imageWidth, imageHeight };
}

function drawSheet({ report, whole, source }: SheetJob, { layer, index, channels, pictures }: Sheet): ResultFile {
  const position = whole.layers[index]?.position as number;
  const entries = channels.map((channel, at) => ({ channel, pictures: pictures[at] as Raster[] }));
  const { file, places } = drawPatches({ report, layer, position, channels: entries, source });
  layer.sheet = file.name;
  channels.forEach(({ patches }, channel) => {
    patches.forEach((patch, at) => {
      patch.tile = places[channel]?.[at] ?? null;
    });
  });
  return file;
}
