import { badArgument } from '../../base/errors.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { OutputStream } from '../shared/output-stream.js';
import { describeSource } from '../shared/picture-source.js';
import type { ExplainedMistakes, explainMistakes } from './explain-mistakes.js';
import { finishEvaluation } from './finish-evaluation.js';
import { openEvaluation } from './open-evaluation.js';
import { EVALUATE_OPTIONS, type EvaluateOptions, expectedData } from './options.js';
import type { EvaluateResult } from './result.js';
import { scoreImages } from './score-images.js';

/**
 * Evaluates a trained network on one part of a data folder; keeps only the scores of its images.
 *
 * @throws CnnvizError BELOW_THRESHOLD if the accuracy is below `minAccuracy`, after the pictures are written;
 * BAD_ARGUMENT, NO_MODEL, NOT_FOUND,
 * NOT_READABLE, BAD_MODEL, BAD_DATASET, BAD_IMAGE with `onBadImage: 'fail'`, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { evaluate } from 'cnnviz';
 *
 * const { accuracy, accuracyInterval, mistakes } = await evaluate({ data: 'cats_dogs', split: 'test' });
 * if (accuracy < 0.85) console.log(accuracyInterval, mistakes[0]?.path);
 * ```
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluateResult> {
  const settings = resolveOptions(EVALUATE_OPTIONS, options);
  const { out } = settings;
  if (settings.data === undefined && settings.suspects === undefined) {
    throw badArgument('data', expectedData, undefined);
  }
  if (out !== undefined) await checkResultsFolder(out);
  using opened = await openEvaluation(settings);
  const { found, trained, data, images, files } = opened;
  const stream = new OutputStream(trained, files, settings);
  const { lossSum, scores } = await scoreImages(trained, stream, images.classNames.length);
  stream.report();
  const paths = files.map(({ path }) => path);
  const { classNames } = images;
  const explained = settings.explain ? await explainAll(trained, { scores, paths, classNames }, settings) : undefined;
  return finishEvaluation(
    {
      ...{ model: trained.place, precision: trained.network.precision, images, paths, scores, lossSum },
      badImages: stream.badFiles,
      data,
      ...(explained && { explained }),
      autoOrient: trained.preprocessing.autoOrient,
      describeNetwork: () => describeSource(found, trained.place),
    },
    settings,
  );
}

/** Not before it is needed. */
async function explainAll(...given: Parameters<typeof explainMistakes>): Promise<ExplainedMistakes> {
  return (await import('./explain-mistakes.js')).explainMistakes(...given);
}
