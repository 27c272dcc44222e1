import { expect, test } from 'vitest';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import { resolveTrainOptions, toTrainingConfig } from '../../../src/commands/train/settings.js';

function optimizerOf(options: TrainOptions) {
  return toTrainingConfig(resolveTrainOptions({ data: 'x', ...options }), 2).optimizer;
}

test('momentum reaches the optimizers that have it', () => {
  expect(optimizerOf({ optimizer: 'sgd', momentum: 0.9 })).toEqual({ name: 'sgd', momentum: 0.9, nesterov: false });
  expect(optimizerOf({ momentum: 0.5 })).toMatchObject({ name: 'rmsprop', momentum: 0.5 });
  expect(optimizerOf({ optimizer: 'sgd' })).toMatchObject({ momentum: 0 });
  expect(optimizerOf({ optimizer: 'adam' })).not.toHaveProperty('momentum');
});

test.each<TrainOptions>([{ optimizer: 'adam' }, { recipe: 'best' }])('and is refused by others: %j', (options) => {
  expect(() => optimizerOf({ ...options, momentum: 0.9 })).toThrow(
    /^momentum: expected sgd or rmsprop as the optimizer together with it, received "adam/,
  );
});
