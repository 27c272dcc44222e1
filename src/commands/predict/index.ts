import { CnnvizError } from '../../base/errors.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import { ImageSource, type ImageSourceOptions } from '../../dataset/stream/image-source.js';
import type { Precision } from '../../engines/contract/precision.js';
import { resolveOptions } from '../../options/resolve.js';
import { classify, requireFinite, requireProbabilities } from '../shared/classify.js';
import { expandImageArguments } from '../shared/image-arguments.js';
import { locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openDecoder } from '../shared/open-decoder.js';
import { streamOutputs } from '../shared/output-stream.js';
import type { Overlap } from '../shared/overlap.js';
import { measureOverlap } from '../shared/run-overlap.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { type CheckedPrediction, checkPrediction, readTrueClasses } from '../shared/true-class.js';
import { TurnedImages } from '../shared/turned-images.js';
import { countPredictions, type PredictionCounts } from './count-predictions.js';
import { PREDICT_OPTIONS, type PredictOptions } from './options.js';
import { checkPredictionCsv, openPredictionCsv, type PredictionCsv } from './prediction-csv.js';

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

export interface ImagePrediction extends CheckedPrediction {
  image: string;
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
  const { onEvent = () => undefined } = settings;
  const images = await expandImageArguments(settings.images, settings);
  if (settings.csv !== undefined) await checkPredictionCsv(settings.csv);
  const found = await locateNetwork(settings);
  const classNames = found.classNames;
  const trueClassOf = readTrueClasses(settings.images, classNames);
  const overlap = await measureOverlap(images, found, undefined, settings);
  if (overlap !== null) onEvent({ type: 'overlap', split: null, imageCount: images.length, ...overlap });
  using trained = await openTrainedNetwork(found, { ...settings, images }, ['run']);
  const { outputKind } = trained.network;
  requireProbabilities(trained.network, trained.place.path, 'predict needs');
  let table: PredictionCsv | undefined;
  try {
    if (settings.csv !== undefined) {
      const checked = images.some((image) => trueClassOf(image) !== undefined);
      table = await openPredictionCsv(settings.csv, { classNames, checked });
    }
    const turned = new TurnedImages();
    const source = openSource(images, trained, { ...settings, onDecoded: turned.onDecoded });
    using decoder = await openDecoder(trained.backend.name);
    source.decoder = decoder;
    const predictions: ImagePrediction[] = [];
    for await (const { batch, outputs } of streamOutputs(trained.network, source, settings)) {
      requireFinite(outputs, `${trained.place.path}: the network`);
      const units = outputs.length / batch.size;
      for (const [example, fileIndex] of batch.fileIndexes.entries()) {
        const image = images[fileIndex] as string;
        const ofImage = outputs.subarray(example * units, (example + 1) * units);
        const prediction = checkPrediction(classify(ofImage, classNames, outputKind), trueClassOf(image));
        predictions.push({ image, ...prediction });
        onEvent({ type: 'prediction', image, ...prediction });
        table?.add({ image, ...prediction }, ofImage);
      }
      await table?.flush();
    }
    await table?.commit();
    for (const badFile of source.badFiles) onEvent({ type: 'bad-image', ...badFile });
    turned.warn(images, source.preprocessing, onEvent);
    if (settings.csv !== undefined) onEvent({ type: 'file-written', path: settings.csv });
    const counts = countPredictions(predictions, classNames);
    const { precision } = trained.network;
    return { model: trained.place, precision, predictions, badImages: source.badFiles, counts, overlap };
  } catch (error) {
    // To the source these images are a data set; here nobody spoke of one.
    if (error instanceof CnnvizError && error.code === 'BAD_DATASET') {
      throw new CnnvizError('BAD_IMAGE', error.message, { cause: error });
    }
    throw error;
  } finally {
    await table?.discard();
  }
}

function openSource(
  images: readonly string[],
  { preprocessing }: TrainedNetwork,
  { onBadImage, onDecoded }: Pick<ImageSourceOptions, 'onBadImage' | 'onDecoded'>,
) {
  return new ImageSource(
    images.map((path) => ({ path, classIndex: 0 })),
    {
      preprocessing,
      onBadImage: images.length === 1 ? 'fail' : (onBadImage ?? 'skip'),
      onDecoded,
      cacheBudget: { limit: 0, used: 0 }, // every image is needed once
    },
  );
}
