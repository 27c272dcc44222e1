import { dirname, join } from 'node:path';
import { tf } from '../backend/tensors.js';
import { CnnvizError } from '../errors.js';
import { readBytes } from '../files.js';
import { MODEL_FILE } from './run.js';

export const WEIGHTS_FILE = 'weights.bin';

interface ModelJson {
  format?: string;
  modelTopology?: object;
  weightsManifest?: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
}

/** The files of a model, model.json and weights.bin, as tfjs itself would write them: content by name. */
export async function encodeModel(model: tf.LayersModel): Promise<Record<string, string | Uint8Array>> {
  const files: Record<string, string | Uint8Array> = {};
  await model.save({
    save: async ({ weightData, weightSpecs = [], ...topology }) => {
      const bytes = tf.io.CompositeArrayBuffer.join(weightData);
      files[WEIGHTS_FILE] = new Uint8Array(bytes);
      files[MODEL_FILE] = JSON.stringify({
        ...topology,
        weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weightSpecs }],
      });
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  });
  return files;
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
