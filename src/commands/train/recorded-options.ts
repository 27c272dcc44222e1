// What of a run.json may be an option.

import { badArgument } from '../../base/errors.js';
import { RUN_FILE } from '../../runs/run.js';
import type { TrainOptions } from './options.js';

/** Every option that a run records; what a caller hands over for the moment is not one. */
const RECORDED: Record<Exclude<keyof TrainOptions, 'onEvent' | 'signal'>, true> = {
  ...{ data: true, resume: true, recipe: true, config: true, from: true, out: true, overwrite: true, log: true },
  ...{ epochs: true, stepsPerEpoch: true, validationSteps: true, batchSize: true, seed: true, validationSplit: true },
  ...{ learningRate: true, optimizer: true, weightDecay: true, emaMomentum: true, labelSmoothing: true },
  ...{ filters: true, dense: true, imageSize: true, dropout: true, denseDropout: true, batchNormalization: true },
  ...{ kernelInitializer: true, interpolation: true, autoOrient: true, onBadImage: true, classWeight: true },
  ...{
    check: true,
    groupBy: true,
    cacheMemory: true,
    backend: true,
    monitor: true,
    defaultWeights: true,
    earlyStopping: true,
  },
  ...{ schedule: true, warmupEpochs: true, finalLearningRate: true, scheduleEpochs: true },
  ...{ reduceOnPlateau: true, plateauFactor: true, plateauPatience: true, plateauMinDelta: true },
  ...{ plateauCooldown: true, plateauMinLearningRate: true },
  ...{ rotationRange: true, widthShiftRange: true, heightShiftRange: true, shearRange: true, zoomRange: true },
  ...{ horizontalFlip: true, verticalFlip: true, channelShiftRange: true, brightnessRange: true },
  ...{ contrastRange: true, fillMode: true },
};

/**
 * The options of a run.json. Their values are for `settleTrainOptions` to check, as those of every training are.
 *
 * @throws CnnvizError BAD_ARGUMENT for what is not an option of a training
 */
export function readRecordedOptions(options: Record<string, unknown>): TrainOptions {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(RECORDED, name));
  if (unknown === undefined) return options as TrainOptions;
  const hint = 'Update cnnviz if a later version trained the run; otherwise remove it from the file.';
  throw badArgument(`${RUN_FILE}: options`, 'options of a training', unknown, hint);
}
