// A thread of its own for one HDF5 file: what a damaged file does to the C library (it can go round for ever, or end with what it
// was doing half done) stays here, and ends with the thread.

import { parentPort, workerData } from 'node:worker_threads';
import { CnnvizError } from '../../base/errors.js';
import type { RefuseFile } from '../bad-model.js';
import { openHdf5 } from '../storage/hdf5-file.js';
import { limitMemory } from '../storage/hdf5-memory.js';
import type { KerasContent } from './content.js';
import { readHdf5 } from './read-hdf5.js';
import { readVariables } from './read-variables.js';
import type { ThreadAnswer, ThreadTask } from './thread-messages.js';

const { path, network, architecture, memoryAtMost }: ThreadTask = workerData;
/** without the path as the user knows it: the other side has that */
const refuse: RefuseFile = (reason, details) => new CnnvizError('BAD_MODEL', reason, details);

limitMemory(memoryAtMost);
let content: KerasContent | undefined;

async function open(): Promise<ThreadAnswer> {
  const file = await openHdf5(path, refuse);
  content = network === undefined ? readHdf5(file, architecture, refuse) : readVariables(file, network, refuse);
  const { readWeights: _, ...found } = content;
  return { network: found };
}

function explain(error: unknown): ThreadAnswer {
  if (!(error instanceof CnnvizError)) return { bug: error };
  const { code, message, hint } = error;
  return { refusal: { code, message, hint } };
}

/** @param address of the layer whose weights are wanted; nothing at first, to open the file */
async function answer(address: string | undefined): Promise<void> {
  try {
    const result = address === undefined ? await open() : { arrays: content?.readWeights(address) ?? [] };
    parentPort?.postMessage(
      result,
      'arrays' in result ? result.arrays.map(({ values }) => values.buffer as ArrayBuffer) : [],
    );
  } catch (error) {
    parentPort?.postMessage(explain(error));
  }
}

parentPort?.on('message', (address: string | undefined) => void answer(address));
