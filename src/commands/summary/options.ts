// The options of `summary`.

import { ARCHITECTURE_OPTIONS } from '../../network/architecture-options.js';
import { count, text, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';

export const SUMMARY_OPTIONS = {
  ...section('Network', {
    /** a run folder or a tfjs layers model.json; without it: the network that `train` would build */
    model: text({
      help: 'a run folder or a TensorFlow.js model.json (default: what train would build)',
      expected: 'a run folder or a model file',
      placeholder: 'path',
      completes: 'run',
    }),
    /** number of classes */
    classes: count({ default: 2, min: 2, help: 'number of classes' }),
  }),
  ...section('Output', {
    /** also which pixels of the input each cell of each layer's maps is computed from */
    receptiveField: toggle({ default: false, help: "print what each layer's cells see of the image" }),
  }),
  ...ARCHITECTURE_OPTIONS,
};

export interface SummaryOptions extends OptionsOf<typeof ARCHITECTURE_OPTIONS>, OptionsOf<typeof SUMMARY_OPTIONS> {}
