import { dirname, join } from 'node:path';
import { tf } from '../backend/tensors.js';
import { CnnvizError } from '../errors.js';
import { type FileContent, readBytes } from '../files.js';
import { MODEL_FILE } from './run.js';
import type { NamedArray } from './training-step.js';

export const WEIGHTS_FILE = 'weights.bin';

interface ModelJson {
  format?: string;
  modelTopology?: object;
  weightsManifest?: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
}

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

function readWeights({ weights }: tf.LayersModel): NamedArray[] {
  return weights.map((weight) => {
    const tensor = weight.read();
    return { name: weight.originalName, shape: tensor.shape, values: tensor.dataSync<'float32'>() };
  });
}

/** The memory of an array of numbers, as bytes. */
export function toBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Loads a tfjs layers model onto the current backend. Its weights are set as they were saved, without drawing random
 * ones first.
 *
 * @param path of a model.json
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function loadModel(path: string): Promise<tf.LayersModel> {
  const artifacts = await readArtifacts(path);
  try {
    return await tf.loadLayersModel({ load: async () => artifacts });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] as string) : String(error);
    throw badModel(path, `TensorFlow.js cannot build it (${reason})`, error);
  }
}

async function readArtifacts(path: string): Promise<tf.io.ModelArtifacts> {
  const { format, modelTopology, weightsManifest } = await readModelJson(path);
  if (format === 'graph-model') throw badModel(path, 'expected a layers model, found a graph model');
  if (modelTopology === undefined || !Array.isArray(weightsManifest)) {
    throw badModel(path, 'expected a TensorFlow.js layers model, found no modelTopology and weightsManifest');
  }
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const shards: Buffer[] = [];
  for (const shard of weightsManifest.flatMap((group) => group.paths)) {
    shards.push(await readShard(path, shard));
  }
  // tfjs 4.22 takes a list of shards as well, but gets a weight wrong that lies in two of them.
  const weightData = shards.length === 1 ? (shards[0] as Buffer) : Buffer.concat(shards);
  const expected = weightSpecs.reduce((sum, spec) => sum + byteLength(spec), 0);
  if (weightData.length !== expected) {
    throw badModel(path, `expected ${expected} bytes of weights, found ${weightData.length}`);
  }
  return { modelTopology, weightSpecs, weightData: memoryOf(weightData) };
}

/** The memory of a file's content itself; a copy where Node has put other content beside it. */
function memoryOf(content: Buffer): ArrayBuffer {
  const isAlone = content.length === content.buffer.byteLength;
  return (isAlone ? content.buffer : new Uint8Array(content).buffer) as ArrayBuffer;
}

async function readModelJson(path: string): Promise<ModelJson> {
  const text = (await readBytes(path)).toString();
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch (error) {
    throw badModel(path, 'it is not valid JSON', error);
  }
  throw badModel(path, 'expected a JSON object');
}

async function readShard(modelPath: string, name: string): Promise<Buffer> {
  try {
    return await readBytes(join(dirname(modelPath), name));
  } catch (error) {
    if (error instanceof CnnvizError && error.code === 'NOT_FOUND') {
      throw badModel(modelPath, `its weights file ${name} is missing`, error);
    }
    throw error;
  }
}

function byteLength({ shape, dtype, quantization }: tf.io.WeightsManifestEntry): number {
  const bytes = { float32: 4, int32: 4, bool: 1, complex64: 8, uint8: 1, uint16: 2, float16: 2, string: Number.NaN };
  return shape.reduce((product, size) => product * size, bytes[quantization?.dtype ?? dtype]);
}

function badModel(path: string, reason: string, cause?: unknown): CnnvizError {
  return new CnnvizError('BAD_MODEL', `${path}: ${reason}`, cause === undefined ? {} : { cause });
}
