// The options of every command that uses a trained network.

import type { BackendChoice } from '../../backend/tfjs/backend.js';
import { CONVENTIONS } from '../../dataset/decode/conventions.js';
import { FITS, INTERPOLATIONS } from '../../dataset/decode/preprocessing.js';
import { PRECISIONS, type Precision } from '../../engines/contract/precision.js';
import { choice, count, file, text, toggle } from '../../options/kinds.js';
import { type OptionTable, section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WeightsChoice } from '../../runs/run.js';

const BACKENDS: readonly BackendChoice[] = ['auto', 'native', 'wasm', 'cpu', 'webgpu'];

export const BACKEND_OPTIONS = {
  /** auto: the fastest that works */
  backend: choice(BACKENDS, {
    default: 'auto',
    help: 'compute backend: native TensorFlow, WebAssembly, plain JavaScript, or WebGPU (experimental)',
    global: true,
  }),
} satisfies OptionTable;

export type PrecisionChoice = 'auto' | Precision;
const PRECISION_CHOICES: readonly PrecisionChoice[] = ['auto', ...PRECISIONS];

export const PRECISION_OPTIONS = section('Network', {
  /** of convolutions and pooling; auto: float32 */
  precision: choice(PRECISION_CHOICES, {
    default: 'auto',
    help: 'compute convolutions in float32 or, faster on processors with AMX, bfloat16 (auto: float32)',
    placeholder: 'type',
  }),
});

const WEIGHTS: readonly WeightsChoice[] = ['best', 'last'];

export const NETWORK_CHOICE_OPTIONS = section('Network', {
  /** a run folder, a Keras file (.keras, .h5), a TensorFlow.js folder or model.json, a Teachable Machine export; default: runs/latest */
  model: text({
    default: 'runs/latest',
    help: 'a run folder, or a network of Keras, TensorFlow.js or Teachable Machine',
    expected: 'a run folder or a model file',
    placeholder: 'path',
    completes: 'run',
  }),
  /** the JSON file of Keras's `model.to_json()`, for a file that holds weights alone */
  architecture: file({
    help: "the network's JSON (Keras's model.to_json()), for a file of weights alone",
    expected: 'a JSON file',
  }),
  /** default: the run's `defaultWeights`, usually those of the best epoch */
  weights: choice(WEIGHTS, {
    help: "weights of the best or the last epoch (default: the run's --default-weights)",
    placeholder: 'which',
  }),
});

/** How images become the network's input: a run knows, and so do some files of networks of another making. */
export const INPUT_OPTIONS = section('Input', {
  /** rotate images by their EXIF orientation; default: as the run was trained, and no rotation without a run */
  autoOrient: toggle({
    help: 'rotate images by their EXIF orientation (default: as in training)',
    negated: { help: 'do not rotate images by their EXIF orientation' },
  }),
  /** what becomes of the bytes of a pixel; default: as in training, as the file of the network says, or unit */
  preprocess: choice(CONVENTIONS, {
    help: 'pixel values: unit 0..1, signed -1..1, caffe BGR less means, torch, raw 0..255 (default: as in training)',
  }),
  /** how images get the proportions of the input; default: as in training, as the file of the network says, or stretch */
  fit: choice(FITS, { help: 'stretch images, crop their middle or pad them (default: as in training)' }),
  /** default: as in training, as the file of the network says, or nearest */
  interpolation: choice(INTERPOLATIONS, { help: 'resizing method (default: as in training)' }),
  /** height and width for a network that leaves them open; default: each image's own, up to 512, and for `channels` the first one's */
  imageSize: count({
    min: 1,
    max: 4096,
    help: "input size of a network that has none of its own (default: the image's own, up to 512)",
    placeholder: 'pixels',
  }),
});

/** What a network of another making does not say of its output. */
export const OUTPUT_OPTIONS = section('Network', {
  /** a file with the names of the classes: a name a line, or JSON as Keras and Teachable Machine write it */
  classNames: file({
    flag: 'classes',
    help: 'class names: labels.txt, class_indices.json or metadata.json (default: found beside the network)',
    expected: 'a file of class names',
  }),
  /** the network ends in logits: a sigmoid or a softmax is to follow; default: as the file of the network says */
  logits: toggle({
    help: 'the network ends in logits: add a sigmoid (one unit) or a softmax',
    negated: { help: 'its outputs are scores as they are' },
  }),
  /** of several outputs the one that is meant */
  output: text({
    help: 'the output to use of a network with several',
    expected: 'the name of an output',
    placeholder: 'layer',
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
export interface InputOptions extends OptionsOf<typeof INPUT_OPTIONS> {}

/** What the outputs of a network are. */
export interface OutputOptions extends OptionsOf<typeof OUTPUT_OPTIONS> {}
