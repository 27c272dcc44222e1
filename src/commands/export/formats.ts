// The formats: what each is called on disk, and how it is loaded where it is used.

import type { ExportFormat } from './options.js';

interface FormatDescription {
  /** what its name ends in */
  readonly ending: string;
  /** the files of a folder, the one that bears the mark of an export first; absent for a single file */
  readonly files?: readonly string[];
  /** the line of code that loads it, by its name */
  load(name: string): string;
}

/** As Python and JavaScript both read it. */
const quote = (text: string) => JSON.stringify(text);

const loadKeras = (name: string) => `model = keras.models.load_model(${quote(name)})`;

export const FORMATS: Record<ExportFormat, FormatDescription> = {
  keras: { ending: '.keras', load: loadKeras },
  h5: { ending: '.h5', load: loadKeras },
  tfjs: {
    ending: '-tfjs',
    files: ['metadata.json', 'model.json', 'weights.bin'],
    load: (name) => `const model = await tf.loadLayersModel(${quote(`${name}/model.json`)})`,
  },
  savedmodel: {
    ending: '-savedmodel',
    files: ['saved_model.pb'],
    load: (name) => `model = tf.saved_model.load(${quote(name)}).signatures[${quote('photograph')}]`,
  },
  onnx: { ending: '.onnx', load: (name) => `session = onnxruntime.InferenceSession(${quote(name)})` },
};
