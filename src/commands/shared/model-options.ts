// The options of every command that uses a trained network.

import type { BackendChoice } from '../../backend/tfjs/backend.js';
import { choice, count, text, toggle } from '../../options/kinds.js';
import { type OptionTable, section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WeightsChoice } from '../../runs/run.js';

const BACKENDS: readonly BackendChoice[] = ['auto', 'native', 'wasm', 'cpu'];

export const BACKEND_OPTIONS = {
  /** auto: the fastest that works */
  backend: choice(BACKENDS, {
    default: 'auto',
    help: 'compute backend: native TensorFlow, WebAssembly or plain JavaScript',
    global: true,
  }),
} satisfies OptionTable;

const WEIGHTS: readonly WeightsChoice[] = ['best', 'last'];

export const NETWORK_CHOICE_OPTIONS = section('Network', {
  /** a run folder or a tfjs layers model.json; default: runs/latest */
  model: text({
    default: 'runs/latest',
    help: 'a run folder or a TensorFlow.js model.json',
    expected: 'a run folder or a model file',
    placeholder: 'path',
    completes: 'run',
  }),
  /** default: the run's `defaultWeights`, usually those of the best epoch */
  weights: choice(WEIGHTS, {
    help: "weights of the best or the last epoch (default: the run's --default-weights)",
    placeholder: 'which',
  }),
});

export const ORIENTATION_OPTIONS = section('Network', {
  /** rotate images by their EXIF orientation; default: as the run was trained, and no rotation without a run */
  autoOrient: toggle({
    help: 'rotate images by their EXIF orientation (default: as in training)',
    negated: { help: 'do not rotate images by their EXIF orientation' },
  }),
});

/** How to go through many images. */
export const RUNNING_OPTIONS = section('Images', {
  batchSize: count({ default: 20, min: 1, help: 'images per batch' }),
  /** skip: a bad image is skipped and listed; the only image of a call is never skipped */
  onBadImage: choice(['skip', 'fail'], {
    default: 'skip',
    help: 'skip images that cannot be used, or fail',
    placeholder: 'what',
  }),
});

const MODEL_OPTIONS = { ...NETWORK_CHOICE_OPTIONS, ...BACKEND_OPTIONS };

/** How to find a trained network; the same for every command that uses one. */
export interface ModelOptions extends OptionsOf<typeof MODEL_OPTIONS> {}

/** How a trained network gets its images. */
export interface OrientationOptions extends OptionsOf<typeof ORIENTATION_OPTIONS> {}
