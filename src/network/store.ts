// Saves and loads a model's files.

import { tf } from '../backend/tfjs/tensors.js';
import { CnnvizError } from '../base/errors.js';
import { type FileContent, toBytes } from '../disk/files.js';
import type { NamedArray } from '../engines/contract/training-step.js';
import { type ModelContent, readModel } from '../formats/tfjs/model-file.js';
import { MODEL_FILE, WEIGHTS_FILE } from '../formats/tfjs/model-schema.js';
import { registerActivationsOf } from './layers/set-activations.js';
import { limitWeights } from './limit-weights.js';
import './layers/register.js';

/**
 * The files of a model, model.json and weights.bin, as tfjs itself would write them: content by name.
 *
 * @param weights the values to save, in the order of `model.weights`, and not copied; default the model's own
 */
export function encodeModel(
  model: tf.LayersModel,
  weights: readonly NamedArray[] = readWeights(model),
): Record<string, FileContent> {
  const specs = weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  const json = {
    modelTopology: model.toJSON(null, false),
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version_layers}`,
    convertedBy: null,
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: specs }],
  };
  return { [WEIGHTS_FILE]: weights.map(({ values }) => toBytes(values)), [MODEL_FILE]: JSON.stringify(json) };
}

/** The weights of a model, in its order. */
export function readWeights({ weights }: tf.LayersModel): NamedArray[] {
  return weights.map((weight) => {
    const tensor = weight.read();
    return { name: weight.originalName, shape: tensor.shape, values: tensor.dataSync<'float32'>() };
  });
}

/**
 * Loads a tfjs layers model onto the current backend. Its weights are set as they were saved, without drawing random
 * ones first.
 *
 * @param saved path of a model.json, or what was read of it
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function loadModel(saved: string | ModelContent): Promise<tf.LayersModel> {
  const content = typeof saved === 'string' ? await readModel(saved) : saved;
  const artifacts = toArtifacts(content);
  registerActivationsOf(artifacts.modelTopology);
  const specs = artifacts.weightSpecs as tf.io.WeightsManifestEntry[];
  const numberCount = specs.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0);
  try {
    return await limitWeights(numberCount, () => tf.loadLayersModel({ load: async () => artifacts }));
  } catch (error) {
    // tfjs quotes what it was given, which can be the whole file.
    const reason = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 200);
    throw new CnnvizError('BAD_MODEL', `${content.path}: TensorFlow.js cannot build it (${reason})`, { cause: error });
  }
}

function toArtifacts({ file, shards }: ModelContent): tf.io.ModelArtifacts {
  // tfjs 4.22 takes a list of shards as well, but gets a weight wrong that lies in two of them.
  const weightData = shards.length === 1 ? (shards[0] as Buffer) : Buffer.concat(shards);
  return {
    modelTopology: file.modelTopology,
    weightSpecs: file.weightsManifest.flatMap(({ weights }) => weights) as tf.io.WeightsManifestEntry[],
    weightData: memoryOf(weightData),
  };
}

/** The memory of a file's content itself; a copy where Node has put other content beside it. */
function memoryOf(content: Buffer): ArrayBuffer {
  const isAlone = content.length === content.buffer.byteLength;
  return (isAlone ? content.buffer : new Uint8Array(content).buffer) as ArrayBuffer;
}
