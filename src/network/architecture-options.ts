// The options that decide the network.

import { requireInteger } from '../base/arguments.js';
import { badArgument } from '../base/errors.js';
import { choice, count, number, toggle } from '../options/kinds.js';
import { parseWholes } from '../options/numbers.js';
import { defineKind, section } from '../options/option.js';

/** How kernels are initialized: Glorot and Bengio, 2010; He et al., 2015, for kernels followed by ReLU. */
export type KernelInitializer = 'glorot_uniform' | 'he_normal';

const KERNEL_INITIALIZERS: readonly KernelInitializer[] = ['glorot_uniform', 'he_normal'];

const filterCounts = defineKind<readonly number[]>(() => ({
  parse: parseWholes,
  check(name, value) {
    if (!Array.isArray(value)) throw badArgument(name, 'whole numbers such as 32,64', value);
    if (value.length === 0) throw badArgument(name, 'at least one number', 'none');
    for (const filters of value) requireInteger(name, filters, 1, 65_536);
  },
  schema: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 65_536 }, minItems: 1 },
  placeholder: 'counts',
}));

export const ARCHITECTURE_OPTIONS = section('Network', {
  /** filters of each Conv2D + MaxPooling2D pair */
  filters: filterCounts({
    default: [32, 64, 128, 128],
    help: 'number of filters of each convolution',
    network: true,
  }),
  /** units of the hidden Dense layer */
  dense: count({
    default: 512,
    min: 1,
    help: 'units of the hidden dense layer',
    placeholder: 'units',
    network: true,
  }),
  /** fraction of the flattened features dropped in training, 0 <= dropout < 1 */
  dropout: number({
    default: 0,
    min: 0,
    below: 1,
    help: 'dropout after Flatten',
    placeholder: 'fraction',
    network: true,
  }),
  /** fraction of the hidden Dense layer's units dropped in training */
  denseDropout: number({
    default: 0,
    min: 0,
    below: 1,
    help: 'dropout after the hidden dense layer',
    placeholder: 'fraction',
    network: true,
  }),
  /** batch normalization before every ReLU; the layers before it then have no bias */
  batchNormalization: toggle({
    default: false,
    help: 'batch normalization before every ReLU',
    negated: {},
    network: true,
  }),
  /** initializer of kernels followed by ReLU */
  kernelInitializer: choice(KERNEL_INITIALIZERS, {
    default: 'glorot_uniform',
    help: 'initializer for kernels followed by ReLU',
    network: true,
  }),
  /** height and width of the network's input, pixels */
  imageSize: count({
    default: 150,
    min: 1,
    max: 4096,
    help: 'height and width of the input',
    placeholder: 'pixels',
    network: true,
  }),
});
