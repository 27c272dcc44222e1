// Looks at many images batch by batch: what a page says of each that it shows small.

import { basename } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import type { BadFile, Batch } from '../../dataset/stream/batch.js';
import type { EntryData } from '../../page/gallery/gallery-data.js';
import type { GalleryEntry, GalleryEvidence } from '../../page/gallery/gallery-summary.js';
import { classify, classProbabilities, nameClass, requireFinite } from '../shared/classify.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { OpenedNetwork } from '../shared/opened-network.js';
import { OutputStream } from '../shared/output-stream.js';
import { type CheckedPrediction, checkPrediction, type TrueClassOf } from '../shared/true-class.js';
import { findNeighbors } from './compare-entries.js';
import { EvidenceCollector, type ImageEvidence } from './evidence-collector.js';
import { makeThumbnail } from './thumbnail.js';

/** Images that go through the network at a time: with 20 the process grows by a third, and is no faster. */
const batchSize = 4;

/** Classes that are listed with their probabilities. */
const listedClasses = 6;

/** An image that the page shows small. */
export interface CollectedEntry extends GalleryEntry {
  image: string;
  prediction: CheckedPrediction;
}

export interface CollectedEntries {
  /** index = class index */
  classNames: readonly string[];
  /** of those that could be read, in the order of the images */
  entries: CollectedEntry[];
  evidence?: GalleryEvidence;
  badImages: BadFile[];
}

/** @throws CnnvizError BAD_IMAGE when no image could be read, BAD_MODEL, ABORTED */
export async function collectEntries(
  trained: OpenedNetwork,
  images: readonly string[],
  job: { classNames: readonly string[]; trueClassOf: TrueClassOf } & WorkflowOptions,
): Promise<CollectedEntries> {
  const files = images.map((path) => ({ path, classIndex: 0 }));
  const stream = new OutputStream(trained, files, { ...job, batchSize, onBadImage: 'skip' });
  const classCount = Math.max(2, trained.network.scoreCount ?? 0);
  const classNames = Array.from({ length: classCount }, (_, index) => nameClass(index, job.classNames));
  const collector = new EvidenceCollector(classNames);
  const entries: CollectedEntry[] = [];
  const compared: ImageEvidence[] = [];
  try {
    for await (const { batch, outputs } of stream) {
      requireFinite(outputs, `${trained.place.path}: the network`);
      const paths = Array.from(batch.fileIndexes, (index) => images[index] as string);
      const probabilities = splitOutputs(outputs, batch);
      const predicted = probabilities.map((each) => each.indexOf(Math.max(...each)));
      const sized = await trained.forImage(paths[0] as string);
      const evidence = await collector.examine(sized, batch.pixels, predicted);
      for (const [at, image] of paths.entries()) {
        const prediction = checkPrediction(
          classify(takeOutputs(outputs, batch, at), classNames),
          job.trueClassOf(image),
        );
        const truth = classNames.indexOf(prediction.trueClass ?? '');
        const about = { name: basename(image), predicted: predicted[at] as number, ...(truth >= 0 && { truth }) };
        const data = describeEntry(about, probabilities[at] as number[], evidence[at]);
        const thumbnail = await makeThumbnail(image, sized.preprocessing.autoOrient);
        entries.push({ image, prediction, data, thumbnail });
      }
      compared.push(...evidence);
    }
  } catch (error) {
    throw nameFailure(error, stream);
  }
  stream.report();
  const neighbors = findNeighbors(compared);
  for (const [at, { data }] of entries.entries()) {
    const own = neighbors?.[at];
    if (own !== undefined && own.length > 0) data.neighbors = own;
  }
  const evidence = collector.describe();
  return { classNames, entries, ...(evidence && { evidence }), badImages: stream.badFiles };
}

function takeOutputs(outputs: Float32Array, { size }: Batch, at: number): Float32Array {
  const units = outputs.length / size;
  return outputs.subarray(at * units, (at + 1) * units);
}

function splitOutputs(outputs: Float32Array, batch: Batch): number[][] {
  return Array.from({ length: batch.size }, (_, at) => classProbabilities(takeOutputs(outputs, batch, at)));
}

function describeEntry(
  about: Pick<EntryData, 'name' | 'predicted' | 'truth'>,
  probabilities: readonly number[],
  evidence: ImageEvidence | undefined,
): EntryData {
  const listed = Array.from(probabilities.keys())
    .sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number))
    .filter((classIndex, rank) => rank < listedClasses || classIndex === about.truth);
  return {
    ...about,
    probabilities: listed.map((classIndex) => [classIndex, shorten(probabilities[classIndex] as number)]),
    ...(evidence?.map && { map: evidence.map }),
  };
}

const shorten = (probability: number) => Number(probability.toPrecision(5));

/** That no image could be used is a matter of the images, which were named one by one. */
function nameFailure(error: unknown, { badFiles, files }: OutputStream): unknown {
  if (!(error instanceof CnnvizError) || error.code !== 'BAD_DATASET' || badFiles.length < files.length) return error;
  return new CnnvizError('BAD_IMAGE', `none of the ${files.length} images could be read`, { cause: error });
}
