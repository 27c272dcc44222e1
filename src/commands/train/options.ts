// Its options.

import { AUGMENTATION_OPTIONS } from '../../dataset/augment/augmentation-options.js';
import { ARCHITECTURE_OPTIONS } from '../../network/architecture-options.js';
import { folder } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import { defaultsOf } from '../../options/resolve.js';
import type { WorkflowOptions } from '../shared/events.js';
import { BACKEND_OPTIONS } from '../shared/model-options.js';
import { CALLBACK_OPTIONS } from './callback-options.js';
import { DATA_OPTIONS } from './data-options.js';
import type { TrainingEvent } from './events.js';
import { LOOP_OPTIONS } from './loop-options.js';
import { START_OPTIONS } from './start-options.js';

export const TRAIN_OPTIONS = {
  ...START_OPTIONS,
  ...section('Run', {
    /**
     * a run folder: goes on where that run stopped, with its options. Beside it `data`, `epochs`, `earlyStopping`,
     * `scheduleEpochs`, `backend` and `cacheMemory` may be other ones.
     */
    resume: folder({
      preset: 'runs/latest',
      help: 'go on with a run that was stopped (default: the last one), exactly; with it only --data, --epochs, --early-stopping, --schedule-epochs, --backend and --cache-memory may differ',
      expected: 'a run folder',
      placeholder: 'run',
      completes: 'run',
    }),
  }),
  ...LOOP_OPTIONS,
  ...CALLBACK_OPTIONS,
  ...ARCHITECTURE_OPTIONS,
  ...DATA_OPTIONS,
  ...AUGMENTATION_OPTIONS,
  /** auto: the fastest that works; for a run that is resumed the one that it was trained on, if that works */
  backend: { ...BACKEND_OPTIONS.backend, resumable: true as const },
};

export interface TrainOptions extends OptionsOf<typeof TRAIN_OPTIONS>, WorkflowOptions<TrainingEvent> {}

/** The article's settings. */
export const TRAIN_DEFAULTS = defaultsOf(TRAIN_OPTIONS);
