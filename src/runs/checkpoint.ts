import { CnnvizError } from '../base/errors.js';
import { type FileContent, toBytes } from '../disk/files.js';
import { findInside, parseJson, readBytes } from '../disk/read-file.js';
import { checkContent, checkFormat } from '../disk/schema.js';
import type { Precision } from '../engines/contract/precision.js';
import type { NamedArray } from '../engines/contract/training-step.js';
import { CHECKPOINT_FILE, checkpointSizeAtMost, digest } from '../formats/tfjs/checksums.js';
import { MODEL_FILE, WEIGHTS_FILE } from '../formats/tfjs/model-schema.js';
import { checkpointSchema } from './checkpoint-schema.js';
import type { DataList } from './data-list.js';
import type { TrainingProgress } from './training-progress.js';

// A checkpoint is a folder of weights with two files more: what the optimizer keeps, and everything else.

const SLOTS_FILE = 'optimizer.bin';
const CHECKED_FILES = [MODEL_FILE, WEIGHTS_FILE, SLOTS_FILE] as const;
const FORMAT = 'cnnviz-checkpoint';
/** Version 1 held the lists of the images as well, in every checkpoint. */
const FORMAT_VERSION = 2;

/** What decides the last bit of every number. */
export interface Computer {
  backend: string;
  /** of the backend */
  version: string;
  threads: number;
  /** the processor's model */
  cpu: string;
  engine: string;
  precision: Precision;
  /** this program's version */
  cnnviz: string;
  /** how many trained together; absent: one */
  workers?: number;
}

/** Where a run can go on exactly, but for the model and its weights, which lie beside it. */
export interface Checkpoint {
  /** of the run that it belongs to: when that began, ISO 8601 */
  runStartedAt: string;
  progress: TrainingProgress;
  /** the optimizer's */
  slots: NamedArray[];
  /** of earlier versions; now the run has one list */
  data?: DataList;
  computer: Computer;
}

/**
 * Adds a checkpoint to a model's files.
 *
 * @param model content by file name, as `encodeModel` gives it
 */
export function encodeCheckpoint(checkpoint: Checkpoint, model: Record<string, FileContent>) {
  const { slots, ...rest } = checkpoint;
  const files: Record<string, FileContent> = {
    ...model,
    [SLOTS_FILE]: slots.map(({ values }) => toBytes(values)),
  };
  const json = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    ...rest,
    slots: slots.map(({ name, shape }) => ({ name, shape })),
    sha256: {
      [MODEL_FILE]: digest(files[MODEL_FILE]),
      [WEIGHTS_FILE]: digest(files[WEIGHTS_FILE]),
      [SLOTS_FILE]: digest(files[SLOTS_FILE]),
    },
  };
  return { ...files, [CHECKPOINT_FILE]: `${JSON.stringify(json)}\n` };
}

/**
 * Reads a checkpoint and makes sure that it and the model beside it are whole.
 *
 * @throws CnnvizError BAD_MODEL
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  const { sha256, slots, ...checkpoint } = await readContent(folder);
  const contents = new Map<string, Buffer>();
  for (const name of CHECKED_FILES) {
    const content = await readPart(folder, name);
    if (digest(content) !== sha256[name]) throw damaged(folder, `${name} has changed since it was saved`);
    contents.set(name, content);
  }
  return { ...checkpoint, slots: splitSlots(folder, slots, contents.get(SLOTS_FILE) as Buffer) };
}

/** The images that a checkpoint of an earlier version names; undefined for one without, and for a damaged one. */
export async function readCheckpointList(folder: string): Promise<DataList | undefined> {
  const content = await readContent(folder).catch((error: unknown) => {
    if (error instanceof CnnvizError && error.code === 'BAD_MODEL') return undefined;
    throw error;
  });
  return content?.data;
}

async function readContent(folder: string) {
  const refuse = (reason: string, cause?: unknown) => damaged(folder, `${CHECKPOINT_FILE}: ${reason}`, cause);
  const content = parseJson(await readPart(folder, CHECKPOINT_FILE, checkpointSizeAtMost), refuse);
  checkFormat(content, { format: FORMAT, version: FORMAT_VERSION, expected: 'a checkpoint' }, refuse);
  const { format: _, formatVersion: __, ...checkpoint } = checkContent(checkpointSchema, content, refuse);
  return checkpoint;
}

/** A file of the folder itself. */
async function readPart(folder: string, name: string, atMost?: number): Promise<Buffer> {
  try {
    const path = await findInside(folder, name);
    if (path === undefined) throw damaged(folder, `${name} is a link that leads out of the folder`);
    return await readBytes(path, atMost);
  } catch (error) {
    if (!(error instanceof CnnvizError) || error.code === 'BAD_MODEL') throw error;
    throw damaged(folder, error.code === 'NOT_FOUND' ? `${name} is missing` : error.message, error);
  }
}

function splitSlots(folder: string, slots: Omit<NamedArray, 'values'>[], bytes: Buffer): NamedArray[] {
  const counts = slots.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  const expected = 4 * counts.reduce((sum, count) => sum + count, 0);
  if (bytes.length !== expected) {
    throw damaged(folder, `${SLOTS_FILE}: expected ${expected} bytes for its slots, found ${bytes.length}`);
  }
  const numbers = new Float32Array(new Uint8Array(bytes).buffer);
  let offset = 0;
  return slots.map(({ name, shape }, index) => {
    offset += counts[index] as number;
    return { name, shape, values: numbers.slice(offset - (counts[index] as number), offset) };
  });
}

function damaged(folder: string, reason: string, cause?: unknown): CnnvizError {
  const message = `${folder}: not a complete checkpoint: ${reason}`;
  return new CnnvizError('BAD_MODEL', message, cause === undefined ? {} : { cause });
}
