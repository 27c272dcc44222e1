// The options of `train`.

import { AUGMENTATION_OPTIONS, type AugmentationOptions } from '../../dataset/augment/augmentation-options.js';
import { ARCHITECTURE_OPTIONS } from '../../network/architecture-options.js';
import { spellOption } from '../../options/flag-name.js';
import { folder } from '../../options/kinds.js';
import { type OptionTable, section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import { defaultsOf } from '../../options/resolve.js';
import type { WorkflowOptions } from '../shared/events.js';
import { BACKEND_OPTIONS, PRECISION_OPTIONS } from '../shared/model-options.js';
import { BASE_OPTIONS } from './base-options.js';
import { CALLBACK_OPTIONS, type CallbackOptions } from './callback-options.js';
import { CLUSTER_OPTIONS } from './cluster-options.js';
import { DATA_OPTIONS } from './data-options.js';
import type { TrainingEvent } from './events.js';
import { LOOP_OPTIONS } from './loop-options.js';
import { START_OPTIONS } from './start-options.js';

const TRAINING_OPTIONS = {
  ...LOOP_OPTIONS,
  ...section('Training', {
    /**
     * of convolutions and pooling; auto: bfloat16 where native TensorFlow has AMX, else float32, as with `base` and with several
     * workers; for a resumed run the one that it was trained in. Weights, their updates, statistics and losses are float32 either
     * way.
     */
    precision: {
      ...PRECISION_OPTIONS.precision,
      help: 'compute convolutions in float32 or bfloat16 (auto: bfloat16 on processors with AMX, which halves the time)',
      resumable: true as const,
    },
  }),
  ...CALLBACK_OPTIONS,
  ...ARCHITECTURE_OPTIONS,
  ...DATA_OPTIONS,
  ...AUGMENTATION_OPTIONS,
  /** auto: the fastest that works; for a resumed run the one that it was trained on, if that works */
  backend: { ...BACKEND_OPTIONS.backend, resumable: true as const },
};

/** `--data, --epochs and --backend` */
function listResumable(table: OptionTable): string {
  const resumable = Object.entries(table).filter(([, option]) => option.resumable);
  return resumable
    .map(([name, option]) => spellOption(name, option))
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');
}

export const TRAIN_OPTIONS = {
  ...START_OPTIONS,
  ...section('Run', {
    /**
     * a run folder: continues where that run stopped, with its options. Only `data`, `epochs`, `earlyStopping`,
     * `scheduleEpochs`, `log`, `defaultWeights`, `check`, `cacheMemory`, `precision`, `backend` and who the workers are may change.
     */
    resume: folder({
      preset: 'runs/latest',
      help: `resume a stopped run exactly (default: the latest); only ${listResumable({ ...START_OPTIONS, ...TRAINING_OPTIONS, ...CLUSTER_OPTIONS })} may change`,
      expected: 'a run folder',
      placeholder: 'run',
      completes: 'run',
    }),
  }),
  ...TRAINING_OPTIONS,
  ...BASE_OPTIONS,
  ...CLUSTER_OPTIONS,
};

export interface TrainOptions
  extends OptionsOf<typeof START_OPTIONS>,
    OptionsOf<typeof LOOP_OPTIONS>,
    CallbackOptions,
    OptionsOf<typeof ARCHITECTURE_OPTIONS>,
    OptionsOf<typeof DATA_OPTIONS>,
    OptionsOf<typeof BASE_OPTIONS>,
    OptionsOf<typeof CLUSTER_OPTIONS>,
    AugmentationOptions,
    OptionsOf<typeof TRAIN_OPTIONS>,
    WorkflowOptions<TrainingEvent> {}

/** The article's settings. */
export const TRAIN_DEFAULTS = defaultsOf(TRAIN_OPTIONS);
