// Cuts the patches of groups out of images, paints groups on images, and draws a sheet for each layer.

import type { Raster } from '../../base/raster.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { locateLayerCells } from '../../explain/locate-cells.js';
import { describeLayer } from '../../groups/build-report.js';
import type { GroupReport, LayerGroups } from '../../groups/report.js';
import type { ResultFile } from '../../output/activation-files.js';
import { drawGroups } from '../../output/group-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import { seenFully } from '../../patches/build-report.js';
import type { PatchReport } from '../../patches/report.js';
import { PHOTOGRAPH_SIZE } from '../../rendering/group-sheet.js';
import { PATCH_SIZE } from '../../rendering/patch-sheet.js';
import { type Cut, type CutSource, cutPatches } from '../patches/cut-patches.js';
import type { MeasuredGroups } from './measure-groups.js';
import type { SampledGroups } from './sample-layers.js';

/** What the sheets are drawn from. */
export interface GroupsJob extends CutSource {
  whole: MeasuredGroups['whole'];
  measured: MeasuredGroups;
  found: readonly SampledGroups[];
  /** that are grouped */
  layers: readonly NetworkLayer[];
  inputShape: readonly number[];
  /** what `patches` says of layers whose channels are the groups */
  patches: PatchReport;
  source: PictureSource;
}

/** Draws the sheets, one after the other. @throws CnnvizError BAD_IMAGE for an image that is gone or another one by now, ABORTED */
export async function* drawGroupSheets(job: GroupsJob): AsyncGenerator<{ layer: LayerGroups; file: ResultFile }> {
  const progress = { drawn: 0, total: 0 };
  const sheets = job.layers.map((_, index) => {
    const sheet = planSheet(job, index);
    progress.total += sheet.cuts.size;
    return sheet;
  });
  for (const sheet of sheets) {
    await cutPatches(job, sheet.cuts, progress);
    yield { layer: sheet.layer, file: drawSheet(job, sheet) };
  }
}

type Sheet = ReturnType<typeof planSheet>;

/** What is to be cut out of each image for a layer. */
function planSheet(job: GroupsJob, index: number) {
  const { whole, measured, found, patches, layers } = job;
  const ofLayer = layers[index] as NetworkLayer;
  const { layer, order } = describeLayer({
    found: found[index] as SampledGroups,
    sums: measured.sums[index] as MeasuredGroups['sums'][number],
    shape: [1, ...ofLayer.shape],
    imageCount: patches.data.imageCount,
    patches: patches.layers[index] as PatchReport['layers'][number],
  });
  const pictures = layer.groups.map((): Raster[] => []);
  const images = [...measured.shown]
    .flatMap(([fileIndex, strengths]) => {
      const file = whole.files[fileIndex];
      const ofImage = strengths[index];
      return file === undefined || ofImage == null ? [] : [{ ...file, strengths: turn(ofImage, order) }];
    })
    .map((image) => ({ ...image, photograph: undefined as Raster | undefined }));
  const cuts = new Map<string, Cut[]>();
  const add = (path: string, cut: Cut) => cuts.set(path, [...(cuts.get(path) ?? []), cut]);
  layer.groups.forEach((group, at) => {
    group.patches.forEach((patch, place) => {
      const take: Cut['take'] = (picture, onImage) => {
        (pictures[at] as Raster[])[place] = picture;
        patch.image = onImage;
      };
      add(patch.path, { box: seenFully(ofLayer.field, patch.cell, whole.preprocessing), size: PATCH_SIZE, take });
    });
  });
  const { width, height } = whole.preprocessing;
  for (const image of images) {
    const take: Cut['take'] = (picture) => {
      image.photograph = picture;
    };
    add(image.path, { box: { left: 0, top: 0, width, height }, size: PHOTOGRAPH_SIZE, take });
  }
  return { index, layer, pictures, images, cuts };
}

/** [places, groups] to a map for each group, in their order. */
function turn(strengths: Float64Array, order: readonly number[]): Float32Array[] {
  const count = order.length;
  return order.map((group) =>
    Float32Array.from({ length: strengths.length / count }, (_, place) => strengths[place * count + group] as number),
  );
}

function drawSheet(job: GroupsJob, { index, layer, pictures, images }: Sheet): ResultFile {
  const { whole, layers, inputShape, patches: report, source } = job;
  const drawn = drawGroups({
    ...{ report, layer, source },
    position: whole.layers[index]?.position as number,
    patches: pictures,
    images: images.map(({ path, strengths, photograph }) => ({ path, strengths, photograph: photograph as Raster })),
    cells: locateLayerCells(layers[index] as NetworkLayer, { inputShape }) ?? { rows: [], columns: [] },
  });
  layer.sheet = drawn.file.name;
  layer.images = images.map(({ path, classIndex }, at) => {
    return {
      path,
      className: whole.classNames[classIndex] ?? null,
      tile: drawn.images[at] as GroupReport['layers'][number]['images'][number]['tile'],
    };
  });
  layer.groups.forEach(({ patches }, group) => {
    patches.forEach((patch, at) => {
      patch.tile = drawn.patches[group]?.[at] ?? null;
    });
  });
  return drawn.file;
}
