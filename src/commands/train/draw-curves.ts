import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { writeFileAtomically } from '../../disk/files.js';
import type { PictureSource } from '../../output/picture-source.js';
import type { RunRecord } from '../../runs/run.js';
import type { EventListener } from '../shared/events.js';
import { onImages, sourceOfNetwork } from '../shared/picture-source.js';

/** The picture of a run's curves, in its folder. */
export const CURVES_FILE = 'curves.png';

/**
 * Draws loss and accuracy of a run's epochs into its folder. The run is saved by then, so a picture that cannot be written
 * is a warning.
 *
 * @returns the picture's path; undefined before the first whole epoch, or when it could not be written
 */
export async function drawCurves(
  folder: string,
  record: RunRecord,
  onEvent: EventListener,
): Promise<string | undefined> {
  const {
    loss = [],
    acc = [],
    val_loss: validationLoss,
    val_acc: validationAccuracy,
    learning_rate: learningRate,
  } = record.history;
  if (loss.length === 0) return undefined;
  // Not before it is needed: the chart library takes a fifth of a second to load.
  const [{ chartCurves }, { drawChart }, { encodePng }] = await Promise.all([
    import('../../output/charts/curves-chart.js'),
    import('../../output/charts/draw-chart.js'),
    import('../../rendering/png.js'),
  ]);
  const training = { trainingLoss: loss, trainingAccuracy: acc };
  const validation = { validationLoss, validationAccuracy };
  const bestEpoch = record.weights.best?.epoch;
  const source = describeTraining(folder, record);
  const chart = chartCurves({ ...training, ...validation, learningRate, bestEpoch }, source.words);
  const path = join(folder, CURVES_FILE);
  try {
    await writeFileAtomically(path, encodePng(await drawChart(chart), source.texts));
    return path;
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    onEvent({ type: 'warning', message: `the run is saved, but without its curves: ${error.message}` });
    return undefined;
  }
}

function describeTraining(folder: string, { history, options, counts }: RunRecord): PictureSource {
  const network = sourceOfNetwork({ path: folder, epoch: history.loss?.length ?? 0 });
  return onImages(network, { path: String(options.data), split: 'train', imageCount: counts.train });
}
