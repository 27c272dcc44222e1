import { dirname } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { findInside, measureFile, type Refuse, readBytes, readJson } from '../disk/read-file.js';
import { checkContent } from '../disk/schema.js';
import { checkTopology } from './check-topology.js';
import { verifyWeights } from './checksums.js';
import { BYTES_PER_NUMBER, type ModelFile, modelSchema } from './model-schema.js';

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
  return { path, file, ...(await readWeightFiles(path, file)) };
}

async function readModelFile(path: string): Promise<ModelFile> {
  const refuse: Refuse = (reason, cause) => badModel(path, reason, cause);
  const json = await readJson(path, refuse);
  const { format, modelTopology, weightsManifest } = Object(json) as Partial<Record<string, unknown>>;
  if (format === 'graph-model') throw badModel(path, 'expected a layers model, found a graph model');
  if (modelTopology === undefined || weightsManifest === undefined) {
    throw badModel(path, 'expected a TensorFlow.js layers model, found no modelTopology and weightsManifest');
  }
  const file = checkContent(modelSchema, json, refuse);
  checkTopology(file.modelTopology, refuse);
  return file;
}

/** The sizes of all files are known to be right before any is read. */
async function readWeightFiles(
  modelPath: string,
  { weightsManifest }: ModelFile,
): Promise<Pick<ModelContent, 'shards' | 'doubt'>> {
  const names = weightsManifest.flatMap(({ paths }) => paths);
  const expected = weightsManifest
    .flatMap(({ weights }) => weights)
    .reduce((sum, weight) => sum + measureWeight(weight), 0);
  const places: string[] = [];
  let found = 0;
  for (const name of names) {
    const place = await placeShard(modelPath, name);
    places.push(place);
    found += await measureFile(place);
  }
  if (found !== expected) throw badModel(modelPath, `expected ${expected} bytes of weights, found ${found}`);
  const shards: Buffer[] = [];
  for (const place of places) shards.push(await readBytes(place));
  const files = names.map((name, index) => [name, shards[index] as Buffer] as const);
  return { shards, doubt: await verifyWeights(modelPath, files) };
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

function measureWeight({
  shape,
  dtype,
  quantization,
}: ModelFile['weightsManifest'][number]['weights'][number]): number {
  return shape.reduce((product, size) => product * size, BYTES_PER_NUMBER[quantization?.dtype ?? dtype]);
}

function badModel(path: string, reason: string, cause?: unknown): CnnvizError {
  return new CnnvizError('BAD_MODEL', `${path}: ${reason}`, cause === undefined ? {} : { cause });
}
