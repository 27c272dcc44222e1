import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { writeFileAtomically } from '../../disk/files.js';
import type { RunRecord } from '../../runs/run.js';
import type { EventListener } from '../shared/events.js';

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
  { history, weights }: RunRecord,
  onEvent: EventListener,
): Promise<string | undefined> {
  const {
    loss = [],
    acc = [],
    val_loss: validationLoss,
    val_acc: validationAccuracy,
    learning_rate: learningRate,
  } = history;
  if (loss.length === 0) return undefined;
  // Not before it is needed: the chart library takes a fifth of a second to load.
  const [{ chartCurves }, { drawChart }, { encodePng }] = await Promise.all([
    import('../../output/charts/curves-chart.js'),
    import('../../output/charts/draw-chart.js'),
    import('../../rendering/png.js'),
  ]);
  const training = { trainingLoss: loss, trainingAccuracy: acc };
  const validation = { validationLoss, validationAccuracy };
  const chart = chartCurves({ ...training, ...validation, learningRate, bestEpoch: weights.best?.epoch });
  const path = join(folder, CURVES_FILE);
  try {
    await writeFileAtomically(path, encodePng(await drawChart(chart)));
    return path;
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    onEvent({ type: 'warning', message: `the run is saved, but without its curves: ${error.message}` });
    return undefined;
  }
}
