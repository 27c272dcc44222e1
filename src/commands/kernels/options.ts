// The options of `kernels`.

import { folder, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';
import { type ModelOptions, NETWORK_CHOICE_OPTIONS } from '../shared/model-options.js';
import type { KernelsEvent } from './events.js';

export const KERNELS_OPTIONS = {
  ...section('Output', {
    /** also write the kernels themselves, as NumPy reads them: [height, width, input channels, filters] */
    npy: toggle({ default: false, help: 'also write the values as NumPy files' }),
    /** results folder */
    out: folder({
      default: 'kernels',
      help: 'results folder',
    }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
};

export interface KernelsOptions
  extends Omit<ModelOptions, 'backend'>,
    OptionsOf<typeof KERNELS_OPTIONS>,
    WorkflowOptions<KernelsEvent> {}
