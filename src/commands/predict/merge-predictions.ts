import type { OutputKind } from '../../engines/contract/output-kind.js';
import { resolveOptions } from '../../options/resolve.js';
import { mergeOutputShards, placeOf } from '../shared/output-shards.js';
import type { Overlap } from '../shared/overlap.js';
import { collectPredictions } from './collect-predictions.js';
import { countPredictions } from './count-predictions.js';
import type { PredictResult } from './index.js';
import { MERGE_PREDICTIONS_OPTIONS, type MergePredictionsOptions } from './options.js';
import { checkPredictionCsv } from './prediction-csv.js';

/**
 * Puts the shards of `predictShard` together: the result, its table and its events are those of one pass. Needs neither images
 * nor network.
 *
 * @throws CnnvizError BAD_ARGUMENT (a shard is missing, is there twice or is of another network or list of images), NOT_FOUND,
 * NOT_READABLE, BAD_IMAGE where not one image could be read, NOT_WRITABLE, DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { mergePredictions } from 'cnnviz';
 *
 * const { predictions } = await mergePredictions({ shards: ['shards'] });
 * for (const { image, className } of predictions) console.log(image, className);
 * ```
 */
export async function mergePredictions(options: MergePredictionsOptions): Promise<PredictResult> {
  const settings = resolveOptions(MERGE_PREDICTIONS_OPTIONS, options);
  const { csv, onEvent = () => undefined } = settings;
  if (csv !== undefined) await checkPredictionCsv(csv);
  const merged = await mergeOutputShards('predict', settings.shards, settings);
  const { classNames, details, precision } = merged.common;
  const model = placeOf(merged.common);
  const predictions = await collectPredictions(merged.batches(), {
    ...{ images: merged.paths, classNames, csv, compared: false, onEvent, network: model.path },
    outputKind: details.outputKind as OutputKind,
    trueClassOf: (index) => classNames[merged.labels[index] as number],
  });
  if (csv !== undefined) onEvent({ type: 'file-written', path: csv });
  const counts = countPredictions(predictions, classNames);
  const overlap = details.overlap as Overlap | null;
  return { model, precision, predictions, badImages: merged.badFiles, counts, overlap };
}
