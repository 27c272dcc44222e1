import type { Trainer, TrainerState } from '../engines/contract/trainer.js';
import type { NamedArray } from '../engines/contract/training-step.js';

/**
 * A trainer of a network's last layers, on what the others make of the images, that has the state of the whole network: what is
 * saved is then a network that takes images.
 *
 * @param all the weights of the whole network, in its order; those of the last layers only count for their places
 */
export function completeTrainer(trainer: Trainer, all: readonly NamedArray[]): Trainer {
  // A copy: what a backend hands out may be its own memory.
  const own = all.map((array) => ({ ...array, values: array.values.slice() }));
  const complete = ({ weights, slots }: TrainerState): TrainerState => {
    const trained = new Map(weights.map((array) => [array.name, array]));
    return { weights: own.map((array) => trained.get(array.name) ?? array), slots };
  };
  return {
    engine: trainer.engine,
    precision: trainer.precision,
    trainStep: (batch, settings) => trainer.trainStep(batch, settings),
    evaluateBatch: (batch) => trainer.evaluateBatch(batch),
    readState: async () => complete(await trainer.readState()),
    async writeState({ weights, slots }) {
      const trained = new Set((await trainer.readState()).weights.map(({ name }) => name));
      await trainer.writeState({ weights: weights.filter(({ name }) => trained.has(name)), slots });
    },
    updateModel: async () => complete(await trainer.updateModel()),
    dispose: () => trainer.dispose(),
  };
}
