// Opens a layers model of TensorFlow.js, in all the dialects that its converters have written.

import fs from 'node:fs/promises';
import { CnnvizError } from '../../base/errors.js';
import { explainReadFailure } from '../../disk/read-file.js';
import type { NamedArray } from '../../engines/contract/training-step.js';
import type { RefuseFile } from '../bad-model.js';
import { flattenNetwork } from '../config/flatten-network.js';
import { readNetwork } from '../config/read-network.js';
import type { OpenedNetwork } from '../network-file.js';
import { matchWeights } from '../weights/match-weights.js';
import { decodeWeight } from './decode-weight.js';
import { checkModelFile, locateShards, type Shard } from './model-file.js';
import { type ModelFile, measureWeight } from './model-schema.js';

/**
 * @param json content of its JSON file
 * @param path of that file, whatever it is called
 */
export async function openTfjsModel(json: unknown, path: string, refuse: RefuseFile): Promise<OpenedNetwork> {
  const file = checkModelFile(json, refuse);
  const { modelTopology: topology } = file;
  const network = readNetwork(topology.model_config ?? topology, { kerasVersion: topology.keras_version }, refuse);
  const definition = flattenNetwork(network, refuse);
  const shards = await locateShards(path, file, refuse);
  const weights = matchWeights(definition.layers, placeWeights(file), refuse);
  const readWeight = async (role: string, { entry, offset }: PlacedWeight): Promise<NamedArray> => {
    const bytes = await readRange(shards, offset, measureWeight(entry));
    return { name: role, shape: entry.shape, values: decodeWeight(bytes, entry) };
  };
  return {
    format: 'TensorFlow.js layers model',
    definition,
    compiled: topology.training_config ?? file.trainingConfig,
    readWeights: (address) =>
      Promise.all((weights.get(address) ?? []).map(({ role, weight }) => readWeight(role, weight))),
    close: async () => undefined,
  };
}

type PlacedWeight = ReturnType<typeof placeWeights>[number];

/** All weights, with the place where each begins among the bytes of all files. */
function placeWeights({ weightsManifest }: ModelFile) {
  let offset = 0;
  return weightsManifest.flatMap(({ weights }) =>
    weights.map((entry) => {
      const placed = { name: entry.name, entry, offset };
      offset += measureWeight(entry);
      return placed;
    }),
  );
}

/** A weight can lie in two files, or in more. */
async function readRange(shards: readonly Shard[], offset: number, length: number): Promise<Buffer> {
  const result = Buffer.allocUnsafeSlow(length);
  let start = 0;
  for (const { path, size } of shards) {
    const [from, to] = [Math.max(offset, start), Math.min(offset + length, start + size)];
    if (from < to) await readInto(path, result.subarray(from - offset, to - offset), from - start);
    start += size;
  }
  return result;
}

async function readInto(path: string, target: Buffer, position: number): Promise<void> {
  try {
    const file = await fs.open(path);
    try {
      const { bytesRead } = await file.read(target, 0, target.length, position);
      if (bytesRead < target.length) {
        throw new CnnvizError('BAD_MODEL', `${path}: it has become shorter while it was read`);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}
