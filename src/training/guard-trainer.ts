import { CnnvizError } from '../base/errors.js';
import type { Trainer, TrainerState } from '../engines/contract/trainer.js';
import type { TrainingProgress } from '../runs/training-progress.js';
import { watchLoss } from './loss-watch.js';

/**
 * A trainer that ends training at the first NaN or infinity: what is saved is then never worse than the last complete
 * checkpoint. It also warns of a diverging loss.
 *
 * @param progress of the run, brought forward by the training loop
 * @param warn gets one line
 * @throws CnnvizError DIVERGED, from the trainer's calls
 */
export function guardTrainer(trainer: Trainer, progress: TrainingProgress, warn: (message: string) => void): Trainer {
  return {
    engine: trainer.engine,
    precision: trainer.precision,
    sharesBatches: trainer.sharesBatches === true,
    async trainStep(batch, settings) {
      const result = await trainer.trainStep(batch, settings);
      const step = settings.step + 1;
      requireNumber(result.loss, 'the loss', `at step ${step} (epoch ${progress.epoch + 1})`);
      const message = watchLoss(progress, result.loss, step);
      if (message !== undefined) warn(message);
      return result;
    },
    async evaluateBatch(batch) {
      const result = await trainer.evaluateBatch(batch);
      requireNumber(result.lossSum, 'the validation loss', `at the end of epoch ${progress.epoch + 1}`);
      return result;
    },
    async updateModel() {
      const state = await trainer.updateModel();
      requireNumbers(state, `at step ${progress.step} (epoch ${progress.epoch})`);
      return state;
    },
    readState: () => trainer.readState(),
    writeState: (state) => trainer.writeState(state),
    dispose: () => trainer.dispose(),
  };
}

function requireNumber(value: number, what: string, when: string): void {
  if (!Number.isFinite(value)) throw new CnnvizError('DIVERGED', `${what} is ${value} ${when}`);
}

/** A last step may break weights that no loss has seen yet. */
function requireNumbers({ weights, slots }: TrainerState, when: string): void {
  for (const { name, values } of [...weights, ...slots]) {
    // 0 times NaN or infinity is NaN; one sum is several times faster than a test of each of millions
    let sum = 0;
    for (let index = 0; index < values.length; index++) sum += 0 * (values[index] as number);
    if (sum !== 0) throw new CnnvizError('DIVERGED', `${name} contains NaN or infinity ${when}`);
  }
}
