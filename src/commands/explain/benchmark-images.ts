// The images of a benchmark, with what is known of where their evidence lies.

import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { createRandom, permutation } from '../../base/random.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { ClassScores } from '../../engines/contract/engine.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import type { Mask } from '../../explain/benchmark/mask-metrics.js';
import type { EvidenceMasks } from '../../explain/benchmark/measure-maps.js';
import { type ClassTarget, classTarget } from '../../explain/targets.js';
import { classProbabilities } from '../shared/classify.js';
import type { WorkflowOptions } from '../shared/events.js';

/** An image, and the class that the network takes it for: the one that is explained. */
export interface BenchmarkImage {
  path: string;
  input: Float32Array;
  scores: ClassScores;
  target: ClassTarget;
  masks?: EvidenceMasks;
  /** whether the network takes the twin for another class; absent where there is none */
  twinTurns?: boolean;
}

/** What `sample-data --masks --twins` draws beside the images. */
export const truthFolders = ['masks', 'twins'];

/** Some of the images, drawn at random. @param seed uint32 */
export function drawSample(files: readonly LabeledFile[], count: number, seed: number): LabeledFile[] {
  const order = permutation(files.length, createRandom(seed, 'benchmark'));
  return [...order.subarray(0, count)].map((index) => files[index] as LabeledFile);
}

/**
 * Reads the images, their masks and twins where the folder has them ("cnnviz sample-data --masks --twins"), and what the network
 * takes them for.
 *
 * @throws CnnvizError BAD_IMAGE; BAD_DATASET where some images have masks and others do not; BAD_MODEL; ABORTED
 */
export async function readImages(
  files: readonly LabeledFile[],
  {
    root,
    network,
    preprocessing,
    signal,
  }: { root: string; network: ScoreNetwork; preprocessing: Preprocessing } & Pick<WorkflowOptions, 'signal'>,
): Promise<BenchmarkImage[]> {
  const images: BenchmarkImage[] = [];
  const beside = async (part: string, path: string) => {
    const place = join(root, part, relative(root, path));
    return (await stat(place).catch(() => undefined))?.isFile() ? place : undefined;
  };
  const read = async (path: string) => toImageFloats(await decodeImage(path, preprocessing), preprocessing);
  for (const { path } of files) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${path}`);
    const input = await read(path);
    const { scores, classIndex } = await classifyInput(network, input, path);
    const image: BenchmarkImage = { path, input, scores, target: classTarget(classIndex, network.scoreCount) };
    const [head, difference, twin] = await Promise.all(
      ['masks/head', 'masks/difference', 'twins'].map((part) => beside(part, path)),
    );
    if (head !== undefined && difference !== undefined) {
      image.masks = {
        head: await readMask(head, preprocessing),
        twinDifference: await readMask(difference, preprocessing),
      };
    }
    if (twin !== undefined) {
      image.twinTurns = (await classifyInput(network, await read(twin), twin)).classIndex !== classIndex;
    }
    images.push(image);
  }
  requireAllMasks(images);
  return images;
}

async function classifyInput(network: ScoreNetwork, input: Float32Array, path: string) {
  const scores = await network.computeScores(input);
  if (!scores.scores.every(Number.isFinite)) {
    throw new CnnvizError('BAD_MODEL', `${path}: the network's scores are NaN or infinite`);
  }
  const probabilities = classProbabilities(scores.outputs);
  return { scores, classIndex: probabilities.indexOf(Math.max(...probabilities)) };
}

async function readMask(path: string, preprocessing: Preprocessing): Promise<Mask> {
  const rgb = await decodeImage(path, { ...preprocessing, interpolation: 'nearest' });
  return Uint8Array.from({ length: rgb.length / 3 }, (_, pixel) => ((rgb[pixel * 3] as number) > 127 ? 1 : 0));
}

function requireAllMasks(images: readonly BenchmarkImage[]): void {
  const without = images.find(({ masks }) => masks === undefined);
  if (without === undefined || images.every(({ masks }) => masks === undefined)) return;
  throw new CnnvizError('BAD_DATASET', `${without.path}: has no masks, as other images of the folder have`, {
    hint: 'Draw the folder again: cnnviz sample-data DIR --masks --twins.',
  });
}
