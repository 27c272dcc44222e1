import { CnnvizError } from '../../base/errors.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { Precision } from '../../engines/contract/precision.js';
import { resolveOptions } from '../../options/resolve.js';
import { requireProbabilities } from '../shared/classify.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { OutputStream } from '../shared/output-stream.js';
import type { Overlap } from '../shared/overlap.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { openUnlikeness, type UnlikenessMeter } from '../shared/training-profile.js';
import { collectPredictions, type ImagePrediction, type PredictedBatch } from './collect-predictions.js';
import { countPredictions, type PredictionCounts } from './count-predictions.js';
import { PREDICT_OPTIONS, type PredictOptions } from './options.js';
import { choosePredictImages, openPredictStream } from './predict-images.js';
import { checkPredictionCsv } from './prediction-csv.js';

export interface PredictResult {
  /** where the network was found, and which of its weights were used */
  model: TrainedNetwork['place'];
  /** of convolutions and pooling */
  precision: Precision;
  /** one for each image that could be read, in the order given */
  predictions: ImagePrediction[];
  badImages: BadFile[];
  /** by class, and by folder if folders are named after classes */
  counts: PredictionCounts;
  /** overlap with the images of the network's run; null if unknown */
  overlap: Overlap | null;
}

/**
 * Classifies images with a trained network.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BACKEND_UNAVAILABLE, ABORTED; BAD_IMAGE
 * for the only image of the call, for every image if none can be used, and with `onBadImage: 'fail'`
 *
 * @example
 * ```ts
 * import { predict } from 'cnnviz';
 *
 * const { predictions } = await predict({ images: ['cat.jpg'], model: 'runs/latest' });
 * for (const { image, className, probability } of predictions) console.log(image, className, probability);
 * ```
 */
export async function predict(options: PredictOptions): Promise<PredictResult> {
  const settings = resolveOptions(PREDICT_OPTIONS, options);
  const { onEvent = () => undefined, csv } = settings;
  if (csv !== undefined) await checkPredictionCsv(csv);
  const chosen = await choosePredictImages(settings);
  const { images, found, trueClassOf, overlap } = chosen;
  using trained = await openTrainedNetwork(found, { ...settings, images }, ['run']);
  const { outputKind } = trained.network;
  requireProbabilities(trained.network, trained.place.path, 'predict needs');
  const meter = await openUnlikeness(found, trained, settings);
  try {
    const stream = openPredictStream(images, images.length, trained, {
      ...settings,
      ...(meter && { layerNames: meter.layerNames }),
    });
    const predictions = await collectPredictions(runBatches(stream, meter), {
      ...{ images, classNames: found.classNames, outputKind, csv, compared: meter !== undefined, onEvent },
      trueClassOf: (index) => trueClassOf(images[index] as string),
      network: trained.place.path,
    });
    stream.report();
    if (csv !== undefined) onEvent({ type: 'file-written', path: csv });
    const counts = countPredictions(predictions, found.classNames);
    const { precision } = trained.network;
    return { model: trained.place, precision, predictions, badImages: stream.badFiles, counts, overlap };
  } catch (error) {
    // To the source these images are a data set; here nobody spoke of one.
    if (error instanceof CnnvizError && error.code === 'BAD_DATASET') {
      throw new CnnvizError('BAD_IMAGE', error.message, { cause: error });
    }
    throw error;
  }
}

async function* runBatches(stream: OutputStream, meter?: UnlikenessMeter): AsyncGenerator<PredictedBatch> {
  for await (const { batch, outputs, layers } of stream) {
    const unlike = meter?.assess(layers, batch.size);
    yield { fileIndexes: batch.fileIndexes, outputs, ...(unlike && { unlike }) };
  }
}
