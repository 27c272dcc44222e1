import { dirname } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { findInside, measureFile, type Refuse, readBytes, readJson } from '../../disk/read-file.js';
import { checkContent } from '../../disk/schema.js';
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
  const file = await readModelFile(path);
  checkTopology(file.modelTopology, (reason, cause) => badModel(path, reason, cause));
  return { path, file, ...(await readWeightFiles(path, file)) };
}

/** Reads a model.json: what it is, not yet what network it describes. */
export async function readModelFile(path: string): Promise<ModelFile> {
  const refuse: Refuse = (reason, cause) => badModel(path, reason, cause);
  const json = await readJson(path, refuse);
  const { format, modelTopology, weightsManifest } = Object(json) as Partial<Record<string, unknown>>;
  if (format === 'graph-model') throw badModel(path, 'expected a layers model, found a graph model');
  if (modelTopology === undefined || weightsManifest === undefined) {
    throw badModel(path, 'expected a TensorFlow.js layers model, found no modelTopology and weightsManifest');
  }
  return checkContent(modelSchema, json, refuse);
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
export async function locateShards(modelPath: string, { weightsManifest }: ModelFile): Promise<Shard[]> {
  const names = weightsManifest.flatMap(({ paths }) => paths);
  const expected = weightsManifest
    .flatMap(({ weights }) => weights)
    .reduce((sum, weight) => sum + measureWeight(weight), 0);
  const shards: Shard[] = [];
  for (const name of names) {
    const path = await placeShard(modelPath, name);
    shards.push({ name, path, size: await measureFile(path) });
  }
  const found = shards.reduce((sum, { size }) => sum + size, 0);
  if (found !== expected) throw badModel(modelPath, `expected ${expected} bytes of weights, found ${found}`);
  return shards;
}

async function readWeightFiles(modelPath: string, file: ModelFile): Promise<Pick<ModelContent, 'shards' | 'doubt'>> {
  const files: (readonly [name: string, content: Buffer])[] = [];
  for (const { name, path } of await locateShards(modelPath, file)) files.push([name, await readBytes(path)]);
  return { shards: files.map(([, content]) => content), doubt: await verifyWeights(modelPath, files) };
}

/** @throws CnnvizError BAD_MODEL for a file that is missing or does not lie with the model */
async function placeShard(modelPath: string, name: string): Promise<string> {
  try {
    const place = await findInside(dirname(modelPath), name);
    if (place !== undefined) return place;
  } catch (error) {
    if (!(error instanceof CnnvizError) || error.code !== 'NOT_FOUND') throw error;
    throw badModel(modelPath, `its weights file ${name} is missing`, error);
  }
  throw badModel(modelPath, `its weights file ${name} leads out of the folder of the model`);
}

function badModel(path: string, reason: string, cause?: unknown): CnnvizError {
  return new CnnvizError('BAD_MODEL', `${path}: ${reason}`, cause === undefined ? {} : { cause });
}
