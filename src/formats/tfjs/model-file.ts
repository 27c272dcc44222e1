import { dirname } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { findInside, measureFile, type Refuse, readBytes, readJson } from '../../disk/read-file.js';
import { checkContent } from '../../disk/schema.js';
import { type RefuseFile, refuseAt } from '../bad-model.js';
import { isObject } from '../config/json.js';
import { checkTopology } from './check-topology.js';
import { verifyWeights } from './checksums.js';
import { type ModelFile, measureWeight, modelSchema } from './model-schema.js';

// A TensorFlow.js layers model on disk, read without TensorFlow: model.json, and the files of weights that it names.

/** A saved model as its files hold it: looked through, not built. */
export interface ModelContent {
  /** of its model.json */
  path: string;
  file: ModelFile;
  /** the bytes of its weights, file by file */
  shards: Buffer[];
  /** why nobody knows whether the weights are those that were saved, although there is a checkpoint */
  doubt: string | undefined;
}

/**
 * Reads all of a saved model, once.
 *
 * @param path of a model.json
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL for what cannot be built
 */
export async function readModel(path: string): Promise<ModelContent> {
  const refuse = refuseAt(path);
  const refuseCause: Refuse = (reason, cause) => refuse(reason, { cause });
  const file = checkModelFile(await readJson(path, refuseCause), refuse);
  checkTopology(file.modelTopology, refuseCause);
  const files: (readonly [name: string, content: Buffer])[] = [];
  for (const shard of await locateShards(path, file, refuse)) files.push([shard.name, await readBytes(shard.path)]);
  return { path, file, shards: files.map(([, content]) => content), doubt: await verifyWeights(path, files) };
}

/** The content of a model.json: what it is, not yet what network it describes. */
export function checkModelFile(json: unknown, refuse: RefuseFile): ModelFile {
  const { format, modelTopology, weightsManifest } = Object(json) as Partial<Record<string, unknown>>;
  if (format === 'graph-model' || (isObject(modelTopology) && 'node' in modelTopology)) {
    throw refuse('expected a layers model, found a graph model of TensorFlow.js, which has no layers any more', {
      hint: 'Convert the Keras network again, as a layers model (tensorflowjs_converter --output_format tfjs_layers_model).',
    });
  }
  if (modelTopology === undefined || weightsManifest === undefined) {
    throw refuse('expected a TensorFlow.js layers model, found no modelTopology and weightsManifest');
  }
  return checkContent(modelSchema, json, (reason, cause) => refuse(reason, { cause }));
}

/** A file of weights. */
export interface Shard {
  /** as model.json has it */
  name: string;
  path: string;
  /** bytes */
  size: number;
}

/** Finds the files of weights, in order. Together they have the size that all weights take. */
export async function locateShards(
  modelPath: string,
  { weightsManifest }: ModelFile,
  refuse: RefuseFile,
): Promise<Shard[]> {
  const names = weightsManifest.flatMap(({ paths }) => paths);
  const expected = weightsManifest
    .flatMap(({ weights }) => weights)
    .reduce((sum, weight) => sum + measureWeight(weight), 0);
  const shards: Shard[] = [];
  for (const name of names) {
    const path = await placeShard(modelPath, name, refuse);
    shards.push({ name, path, size: await measureFile(path) });
  }
  const found = shards.reduce((sum, { size }) => sum + size, 0);
  if (found !== expected) {
    throw refuse(`expected ${expected} bytes of weights, found ${found}`, {
      hint: 'A file of weights is cut short or belongs to another network: get all files again.',
    });
  }
  return shards;
}

/** @throws CnnvizError BAD_MODEL for a file that is missing or does not lie with the model */
async function placeShard(modelPath: string, name: string, refuse: RefuseFile): Promise<string> {
  try {
    const place = await findInside(dirname(modelPath), name);
    if (place !== undefined) return place;
  } catch (error) {
    if (!(error instanceof CnnvizError) || error.code !== 'NOT_FOUND') throw error;
    throw refuse(`its weights file ${name} is missing`, { hint: 'Put it beside the model.', cause: error });
  }
  throw refuse(`its weights file ${name} leads out of the folder of the model`);
}
