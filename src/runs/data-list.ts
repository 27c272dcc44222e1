import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { CnnvizError } from '../base/errors.js';
import type { BadFile } from '../dataset/stream/batch.js';
import { parseJson } from '../disk/read-file.js';
import { checkFormat } from '../disk/schema.js';

// Which images a run was trained on and which it held out: one file in the run, named by run.json. Two to four bytes for a
// name, two for a size and eight for a hash, as compressed: 12 MB for a million images.

/** The names of such files in a run. */
export const DATA_LIST_FILE = /^data-\d+\.json\.gz$/;
const FORMAT = 'cnnviz-data';
const FORMAT_VERSION = 1;
/** Of the JSON text: more is not one of ours. A million images with names of 200 characters have 240 MB. */
const MAX_BYTES = 300e6;

/** One part of the images; paths are relative to the data folder, with slashes. */
export interface SplitList {
  /** in the order in which batches count them */
  files: string[];
  /** of each file; runs of earlier versions have none */
  classIndexes?: number[];
  /** bytes of each when the run was begun or resumed; null: not available. Runs of the first versions have none */
  sizes?: (number | null)[];
  /** eight bytes for each file, as ContentHashes keeps them; absent where no file was read, and in earlier versions */
  hashes?: Uint8Array;
  badFiles: BadFile[];
}

/** The images of a run. */
export interface DataList {
  train: SplitList;
  validation?: SplitList;
}

/** Files one after the other that lie in one folder and are of one class. */
type FolderEntry = [folder: string, classIndex: number, count: number];

interface SplitJson {
  folders: FolderEntry[];
  /** without the folder */
  names: string[];
  sizes: (number | null)[];
  /** base 64 */
  hashes?: string;
  badFiles: BadFile[];
}

/** The bytes of a list's file. */
export async function encodeDataList({ train, validation }: DataList): Promise<Uint8Array> {
  const splits = { train: packSplit(train), ...(validation && { validation: packSplit(validation) }) };
  const json = JSON.stringify({ format: FORMAT, formatVersion: FORMAT_VERSION, splits });
  return promisify(gzip)(json, { level: 1 });
}

/**
 * Reads such bytes.
 *
 * @param path named in errors
 * @throws CnnvizError BAD_MODEL
 */
export async function decodeDataList(bytes: Uint8Array, path: string): Promise<DataList> {
  const json = await parse(bytes, path);
  const refuse = (reason: string) => badList(path, reason);
  checkFormat(json, { format: FORMAT, version: FORMAT_VERSION, expected: 'the list of the images of a run' }, refuse);
  const { train, validation } = Object(json.splits) as { train?: unknown; validation?: unknown };
  return {
    train: unpackSplit(train, path),
    ...(validation === undefined ? {} : { validation: unpackSplit(validation, path) }),
  };
}

async function parse(bytes: Uint8Array, path: string): Promise<{ [key: string]: unknown }> {
  const refuse = (reason: string, cause?: unknown) => badList(path, reason, cause);
  const text = await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }).catch((error: unknown) => {
    throw refuse('it is damaged', error);
  });
  return Object(parseJson(text, refuse));
}

function packSplit({ files, classIndexes = [], sizes = [], hashes, badFiles }: SplitList): SplitJson {
  const folders: FolderEntry[] = [];
  const names = files.map((file, index) => {
    const cut = file.lastIndexOf('/');
    const folder = file.slice(0, Math.max(cut, 0));
    const classIndex = classIndexes[index] ?? 0;
    const last = folders.at(-1);
    if (last !== undefined && last[0] === folder && last[1] === classIndex) last[2]++;
    else folders.push([folder, classIndex, 1]);
    return file.slice(cut + 1);
  });
  const isAnyRead = hashes?.some((byte) => byte !== 0);
  return {
    folders,
    names,
    sizes: names.map((_, index) => sizes[index] ?? null),
    ...(hashes && isAnyRead
      ? { hashes: Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length).toString('base64') }
      : {}),
    badFiles,
  };
}

function unpackSplit(value: unknown, path: string): SplitList {
  const { folders, names, sizes, hashes, badFiles } = Object(value) as Partial<SplitJson>;
  const isWhole =
    isListOf(folders, isFolderEntry) &&
    isListOf(names, (name) => typeof name === 'string') &&
    isListOf(sizes, (size) => size === null || typeof size === 'number') &&
    isListOf(badFiles, isBadFile) &&
    (hashes === undefined || typeof hashes === 'string');
  if (!isWhole) throw badList(path, 'it lacks a part');
  const bytes = hashes === undefined ? undefined : new Uint8Array(Buffer.from(hashes, 'base64'));
  const count = folders.reduce((sum, entry) => sum + entry[2], 0);
  const agrees = [count, sizes.length, (bytes?.length ?? names.length * 8) / 8].every((each) => each === names.length);
  if (!agrees) throw badList(path, 'its parts are of different lengths');
  const files: string[] = [];
  const classIndexes: number[] = [];
  for (const [folder, classIndex, length] of folders) {
    for (let left = length; left > 0; left--) {
      const name = names[files.length] as string;
      files.push(folder === '' ? name : `${folder}/${name}`);
      classIndexes.push(classIndex);
    }
  }
  return { files, classIndexes, sizes, ...(bytes && { hashes: bytes }), badFiles };
}

function isListOf<Item>(value: Item[] | undefined, isItem: (item: Item) => boolean): value is Item[] {
  return Array.isArray(value) && value.every(isItem);
}

function isFolderEntry(entry: unknown): boolean {
  if (!Array.isArray(entry)) return false;
  const [folder, classIndex, count] = entry;
  return typeof folder === 'string' && Number.isSafeInteger(classIndex) && Number.isSafeInteger(count) && count > 0;
}

function isBadFile(file: unknown): boolean {
  const { path, reason } = Object(file) as Partial<BadFile>;
  return typeof path === 'string' && typeof reason === 'string';
}

function badList(path: string, reason: string, cause?: unknown): CnnvizError {
  const message = `${path}: not a run's list of images: ${reason}`;
  return new CnnvizError('BAD_MODEL', message, cause === undefined ? {} : { cause });
}
