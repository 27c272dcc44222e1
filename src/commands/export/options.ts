// The options of `export`.

import { requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import { choice, file } from '../../options/kinds.js';
import { type Behavior, section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';
import { INPUT_OPTIONS, NETWORK_CHOICE_OPTIONS, OUTPUT_OPTIONS } from '../shared/model-options.js';

const EXPORT_FORMATS = ['keras', 'h5', 'tfjs', 'savedmodel', 'onnx'] as const;
/**
 * keras, h5: a file for Keras; tfjs: a folder for TensorFlow.js; savedmodel: a folder for TensorFlow and TensorFlow Serving;
 * onnx: a file for ONNX Runtime and others
 */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a file has to end in where the program that loads it insists. */
const ENDINGS: Partial<Record<ExportFormat, RegExp>> = { keras: /\.keras$/, h5: /\.(h5|hdf5)$/ };

const requireEnding: Behavior<string>['check'] = (name, value, { format }) => {
  requireText(name, value, 'a file or a folder');
  if (ENDINGS[format as ExportFormat]?.test(value as string) !== false) return;
  throw badArgument(name, `a name that ends in .${format}, as Keras insists`, value);
};

const { model, ...networkChoice } = NETWORK_CHOICE_OPTIONS;

export const EXPORT_OPTIONS = {
  ...section('Output', {
    /** what to write, see ExportFormat */
    format: choice(EXPORT_FORMATS, { required: true, help: 'what to write' }),
    /** what to write; default: named after the run, in the current folder. An earlier export there is replaced. */
    out: file({
      help: 'file or folder to write (default: named after the run, in the current folder)',
      check: requireEnding,
      placeholder: 'path',
    }),
  }),
  model: { ...model, bare: 'run folder or model file: short for --model' },
  ...networkChoice,
  ...OUTPUT_OPTIONS,
  ...INPUT_OPTIONS,
};

export interface ExportOptions extends OptionsOf<typeof EXPORT_OPTIONS>, WorkflowOptions {}
