// The images that a network gets wrong, chosen and evaluated as `evaluate` does it.

import { badArgument, CnnvizError } from '../../base/errors.js';
import { countConfusions } from '../../evaluation/confusion-matrix.js';
import { findMistakes } from '../../evaluation/mistakes.js';
import { checkReportFile } from '../../page/report-file.js';
import { openEvaluation } from '../evaluate/open-evaluation.js';
import { scoreImages } from '../evaluate/score-images.js';
import { OutputStream } from '../shared/output-stream.js';
import { openChannelReport, type ReportedImages } from './open-images.js';
import type { ReportSettings } from './options.js';

/**
 * Evaluates a data folder, by default that of the run, and finds the mistakes, the most surprising first.
 *
 * @throws CnnvizError NOT_FOUND where there are none; and as `evaluate` does
 */
export async function openMistakes(asked: ReportSettings): Promise<ReportedImages> {
  const { images, mistakes: _, ...settings } = asked;
  const [data, ...others] = images ?? [];
  if (others.length > 0) throw badArgument('images', 'one data folder with --mistakes', `${others.length + 1} paths`);
  await checkReportFile(settings.out);
  const choice = { ...settings, ...(data !== undefined && { data }), explain: true }; // opens it for maps of one size
  const opened = await openEvaluation(choice, 'images');
  try {
    const { found, trained, files } = opened;
    const { classNames, split } = opened.images;
    const channelReport = await openChannelReport(found, asked);
    const stream = new OutputStream(trained, files, { ...settings, batchSize: 20, onBadImage: 'skip' });
    const { scores } = await scoreImages(trained, stream, classNames.length);
    stream.report();
    const wrong = findMistakes(scores).map(({ imageIndex }) => files[imageIndex]?.path as string);
    const imageCount = scores.classIndexes.length;
    if (wrong.length === 0) {
      throw new CnnvizError('NOT_FOUND', `${opened.data}: no mistakes to show: all ${imageCount} images are right`);
    }
    const classOf = new Map(files.map(({ path, classIndex }) => [path, classNames[classIndex]]));
    return {
      ...{ found, trained, images: wrong, badImages: stream.badFiles, channelReport },
      trueClassOf: (image) => classOf.get(image),
      evaluated: { imageCount, ...(split !== null && { split }), confusionMatrix: countConfusions(scores) },
      [Symbol.dispose]: () => opened[Symbol.dispose](),
    };
  } catch (error) {
    opened[Symbol.dispose]();
    throw error;
  }
}
