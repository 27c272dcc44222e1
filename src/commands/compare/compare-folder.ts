// Two networks on a folder of images, in one pass.

import { CnnvizError } from '../../base/errors.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { ImageSource } from '../../dataset/stream/image-source.js';
import type { LayerOutput, NetworkLayer } from '../../engines/contract/engine.js';
import { CkaTable } from '../../similarity/cka.js';
import { hsicSizeAtLeast } from '../../similarity/hsic.js';
import { multiplyImages } from '../../similarity/products.js';
import { ImageJudge } from './judge-images.js';
import { openMatchers } from './match-layers.js';
import type { CompareSettings } from './options.js';
import { openSources, pairBatches, shuffleFiles } from './paired-batches.js';
import type { CkaResult, Judgements, LayerMatch } from './result.js';
import type { Side } from './sides.js';

/** What a pass over the images has found. */
export interface FolderFindings {
  imageCount: number;
  cka: CkaResult;
  matches: LayerMatch[];
  judgements: Judgements | null;
  badFiles: BadFile[];
}

/** The layers of each network that are compared. */
export interface ComparedLayers {
  a: NetworkLayer[];
  b: NetworkLayer[];
}

/** From here on the CKA of another division into batches is much the same. Images. */
const fewPerBatch = 16;

/** What the layers of one batch may take, of both networks. Bytes. */
const batchBytes = 256 * 2 ** 20;

/** Runs both networks over all images. What is kept does not grow with their number. @throws CnnvizError BAD_DATASET, BAD_IMAGE, ABORTED */
export async function compareOnFiles(
  images: { files: readonly LabeledFile[]; classNames: readonly string[] },
  sides: readonly [Side, Side],
  layers: ComparedLayers,
  settings: CompareSettings,
): Promise<FolderFindings> {
  const sources = openSources(shuffleFiles(images.files), sides, settings);
  const table = new CkaTable(layers.a.length, layers.b.length);
  const matchers = openMatchers(layers);
  const judge = ImageJudge.open(sides, images.classNames, settings.count ?? 0);
  const batchSize = chooseBatchSize(layers, settings);
  if (batchSize < fewPerBatch) settings.onEvent?.({ type: 'note', message: describeFew(batchSize) });
  let imageCount = 0;
  for await (const batch of pairBatches(sources, sides[0].trained.backend, { ...settings, batchSize })) {
    const [a, b] = [
      await runSide(sides[0], batch.a, batch.size, layers.a),
      await runSide(sides[1], batch.b, batch.size, layers.b),
    ];
    imageCount += batch.size;
    if (batch.size >= hsicSizeAtLeast)
      table.add(await multiplyAll(a.layers, batch.size), await multiplyAll(b.layers, batch.size), batch.size);
    for (const matcher of matchers) {
      await matcher.add(findLayer(a.layers, matcher.name), findLayer(b.layers, matcher.name));
    }
    if (judge !== undefined) judgeBatch(judge, batch.files, a.output, b.output);
  }
  if (table.imageCount === 0) {
    const found = `CKA needs ${hsicSizeAtLeast} images at least, found ${imageCount}`;
    throw new CnnvizError('BAD_DATASET', found, { hint: 'Compare the networks on one of them: --on IMAGE.' });
  }
  const matches = [];
  for (const matcher of matchers) matches.push(await matcher.match());
  const values = table.values.map((row) => row.map((value) => (Number.isFinite(value) ? value : null)));
  return {
    ...{ imageCount, matches, badFiles: joinBadFiles(sources) },
    cka: { imageCount: table.imageCount, batchSize, values },
    judgements: judge?.judgements ?? null,
  };
}

function chooseBatchSize({ a, b }: ComparedLayers, { batchSize = hsicSizeAtLeast }: CompareSettings): number {
  const numbers = [...a, ...b].reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  return Math.max(hsicSizeAtLeast, Math.min(batchSize, Math.floor(batchBytes / (4 * numbers))));
}

function describeFew(batchSize: number): string {
  return `CKA is computed by batches of ${batchSize} images: with fewer than ${fewPerBatch} it varies more by chance (--batch-size; large layers leave room for fewer, so compare fewer of them: --layers)`;
}

/** A file can be unusable for one of the two alone. */
function joinBadFiles({ a, b }: { a: ImageSource; b: ImageSource }): BadFile[] {
  return [...new Map([...b.badFiles, ...a.badFiles].map((file) => [file.path, file])).values()];
}

async function runSide(
  { trained: { network } }: Side,
  input: Parameters<Side['trained']['network']['run']>[0],
  size: number,
  layers: readonly NetworkLayer[],
): Promise<{ layers: LayerOutput[]; output: Float32Array }> {
  const names = layers.map(({ name }) => name);
  const [outputName = ''] = network.outputNames;
  const all = await network.run(input, size, [...new Set([...names, outputName])]);
  return { layers: all.filter(({ name }) => names.includes(name)), output: findLayer(all, outputName).values };
}

function findLayer(layers: readonly LayerOutput[], wanted: string): LayerOutput {
  return layers.find(({ name }) => name === wanted) as LayerOutput;
}

async function multiplyAll(layers: readonly LayerOutput[], size: number): Promise<Float32Array[]> {
  const grams = [];
  for (const { values } of layers) grams.push(await multiplyImages(values, size));
  return grams;
}

function judgeBatch(judge: ImageJudge, files: readonly LabeledFile[], a: Float32Array, b: Float32Array): void {
  const [unitsA, unitsB] = [a.length / files.length, b.length / files.length];
  files.forEach(({ path, classIndex }, image) => {
    judge.add(path, classIndex, {
      a: a.slice(image * unitsA, (image + 1) * unitsA),
      b: b.slice(image * unitsB, (image + 1) * unitsB),
    });
  });
}
