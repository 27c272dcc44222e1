import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CnnvizError } from '../errors.js';
import { type FileContent, readBytes } from '../files.js';
import type { DataList } from './data-list.js';
import { MODEL_FILE } from './run.js';
import { toBytes, WEIGHTS_FILE } from './store.js';
import type { TrainingProgress } from './training-progress.js';
import type { NamedArray } from './training-step.js';

// A checkpoint is a folder of weights with two files more: what the optimizer keeps, and everything else.

const CHECKPOINT_FILE = 'checkpoint.json';
const SLOTS_FILE = 'optimizer.bin';
const CHECKED_FILES = [MODEL_FILE, WEIGHTS_FILE, SLOTS_FILE] as const;
const FORMAT = 'cnnviz-checkpoint';
/** Version 1 held the lists of the images as well, in every checkpoint. */
const FORMAT_VERSION = 2;
const READABLE_VERSIONS = [1, FORMAT_VERSION];

/** What decides the last bit of every number. */
export interface Computer {
  backend: string;
  /** of the backend */
  version: string;
  threads: number;
  /** the processor's model */
  cpu: string;
  engine: string;
  /** this program's version */
  cnnviz: string;
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

/** checkpoint.json. What is no number (NaN, infinity) is null in it. */
interface CheckpointJson extends Omit<Checkpoint, 'slots'> {
  format: typeof FORMAT;
  formatVersion: number;
  slots: Omit<NamedArray, 'values'>[];
  /** of the files that lie beside it */
  sha256: Record<(typeof CHECKED_FILES)[number], string>;
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
  const json: CheckpointJson = {
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
  const json = await readJson(folder);
  const contents = new Map<string, Buffer>();
  for (const name of CHECKED_FILES) {
    const content = await readPart(folder, name);
    if (digest(content) !== json.sha256?.[name]) throw damaged(folder, `${name} is not what was saved`);
    contents.set(name, content);
  }
  const { format: _, formatVersion: __, sha256: ___, ...checkpoint } = json;
  return {
    ...checkpoint,
    progress: restoreProgress(json.progress),
    slots: splitSlots(json.slots, contents.get(SLOTS_FILE) as Buffer),
  };
}

/** The images that a checkpoint of an earlier version names; undefined for one without, and for a damaged one. */
export async function readCheckpointList(folder: string): Promise<DataList | undefined> {
  const json = await readJson(folder).catch((error: unknown) => {
    if (error instanceof CnnvizError && error.code === 'BAD_MODEL') return undefined;
    throw error;
  });
  return json?.data;
}

async function readJson(folder: string): Promise<CheckpointJson> {
  const text = (await readPart(folder, CHECKPOINT_FILE)).toString();
  let json: Partial<CheckpointJson>;
  try {
    json = Object(JSON.parse(text));
  } catch (error) {
    throw damaged(folder, `${CHECKPOINT_FILE} is not valid JSON`, error);
  }
  if (json.format !== FORMAT) throw damaged(folder, `${CHECKPOINT_FILE} has no "format": "${FORMAT}"`);
  if (!READABLE_VERSIONS.includes(json.formatVersion as number)) {
    throw new CnnvizError(
      'BAD_MODEL',
      `${join(folder, CHECKPOINT_FILE)}: expected format version ${READABLE_VERSIONS.join(' or ')}, received ${json.formatVersion}: update cnnviz`,
    );
  }
  const isWhole =
    typeof json.progress?.step === 'number' &&
    typeof json.progress.sums === 'object' &&
    typeof json.progress.position?.offset === 'number' &&
    Array.isArray(json.slots) &&
    (json.formatVersion !== 1 || Array.isArray(json.data?.train?.files)) &&
    typeof json.computer === 'object';
  if (!isWhole) throw damaged(folder, `${CHECKPOINT_FILE} lacks a part`);
  return json as CheckpointJson;
}

async function readPart(folder: string, name: string): Promise<Buffer> {
  try {
    return await readBytes(join(folder, name));
  } catch (error) {
    if (!(error instanceof CnnvizError) || error.code !== 'NOT_FOUND') throw error;
    throw damaged(folder, `${name} is missing`, error);
  }
}

/** JSON has no NaN: a loss that went astray is to stay what it was. The first versions did not keep `runawaySteps`. */
function restoreProgress(progress: TrainingProgress): TrainingProgress {
  const number = (value: number | null): number => value ?? Number.NaN;
  const history = Object.entries(progress.history).map(([key, values]) => [key, values.map(number)]);
  return {
    ...progress,
    runawaySteps: progress.runawaySteps ?? 0,
    sums: { ...progress.sums, loss: number(progress.sums.loss) },
    history: Object.fromEntries(history),
  };
}

function splitSlots(slots: CheckpointJson['slots'], bytes: Buffer): NamedArray[] {
  const numbers = new Float32Array(new Uint8Array(bytes).buffer);
  let offset = 0;
  return slots.map(({ name, shape }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    offset += count;
    return { name, shape, values: numbers.slice(offset - count, offset) };
  });
}

function digest(content: FileContent = ''): string {
  const hash = createHash('sha256');
  for (const part of Array.isArray(content) ? content : [content]) hash.update(part);
  return hash.digest('hex');
}

function damaged(folder: string, reason: string, cause?: unknown): CnnvizError {
  const message = `${folder}: not a whole checkpoint: ${reason}`;
  return new CnnvizError('BAD_MODEL', message, cause === undefined ? {} : { cause });
}
