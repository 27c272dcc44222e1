// Predictions of what a network gave, as they come: listed, reported, and written to a table.

import type { OutputKind } from '../../engines/contract/output-kind.js';
import type { Unlikeness } from '../../resemblance/training-profile.js';
import { classify, requireFinite } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import { type CheckedPrediction, checkPrediction } from '../shared/true-class.js';
import { openPredictionCsv, type PredictionCsv } from './prediction-csv.js';

export interface ImagePrediction extends CheckedPrediction {
  image: string;
  /** how unlike the training images it is; absent where that was not measured */
  unlike?: Unlikeness;
}

/** What the network's last layer gave for some images. */
export interface PredictedBatch {
  /** [images]: places in the list */
  fileIndexes: Int32Array;
  /** [images, units] */
  outputs: Float32Array;
  /** [images], where they are compared with the training images */
  unlike?: readonly Unlikeness[];
}

export interface PredictionRequest {
  images: readonly string[];
  /** which class an image's folder is named after, if any */
  trueClassOf: (index: number) => string | undefined;
  classNames: readonly string[];
  outputKind: OutputKind;
  /** the file of a table */
  csv: string | undefined;
  /** whether images are compared with those of the training */
  compared: boolean;
  /** named in errors */
  network: string;
  onEvent: EventListener;
}

/**
 * @returns one prediction for each image of the batches, in their order
 * @throws CnnvizError BAD_MODEL if the network outputs NaN or infinity, NOT_WRITABLE, DISK_FULL; no table is left then
 */
export async function collectPredictions(
  batches: AsyncIterable<PredictedBatch> | Iterable<PredictedBatch>,
  { images, trueClassOf, classNames, outputKind, csv, compared, network, onEvent }: PredictionRequest,
): Promise<ImagePrediction[]> {
  const predictions: ImagePrediction[] = [];
  let table: PredictionCsv | undefined;
  try {
    if (csv !== undefined) {
      const checked = images.some((_, index) => trueClassOf(index) !== undefined);
      table = await openPredictionCsv(csv, { classNames, checked, compared });
    }
    for await (const { fileIndexes, outputs, unlike: assessed } of batches) {
      requireFinite(outputs, `${network}: the network`);
      const units = outputs.length / fileIndexes.length;
      for (const [example, fileIndex] of fileIndexes.entries()) {
        const image = images[fileIndex] as string;
        const ofImage = outputs.subarray(example * units, (example + 1) * units);
        const unlike = assessed?.[example];
        const prediction = {
          ...checkPrediction(classify(ofImage, classNames, outputKind), trueClassOf(fileIndex)),
          ...(unlike && { unlike }),
        };
        predictions.push({ image, ...prediction });
        onEvent({ type: 'prediction', image, ...prediction });
        table?.add({ image, ...prediction }, ofImage);
      }
      await table?.flush();
    }
    await table?.commit();
    return predictions;
  } finally {
    await table?.discard();
  }
}
