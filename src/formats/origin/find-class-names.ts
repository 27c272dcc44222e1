// The class names that lie beside a network, or that somebody names for it.

import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { readBytes } from '../../disk/read-file.js';
import { type RefuseFile, refuseAt } from '../bad-model.js';
import type { NetworkDefinition } from '../network-definition.js';
import type { Known } from '../network-file.js';
import { readClassNames } from './class-names.js';
import { countOutputs, fitsOutputs } from './count-classes.js';

/** What Teachable Machine, Keras and its users call lists of class names; the first that is there counts. */
export const CLASS_FILES = [
  'metadata.json',
  'labels.txt',
  'class_indices.json',
  'class_names.txt',
  'imagenet_class_index.json',
] as const;

/** Bytes of a list. */
const listAtMost = 16 * 2 ** 20;

type ClassNames = Known<readonly string[]>;

/**
 * @param path of a list that somebody names
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function readClassFile(path: string, definition: NetworkDefinition): Promise<ClassNames> {
  const names = readClassNames(await readBytes(path, listAtMost), refuseAt(path));
  checkCount(names, definition, refuseAt(path));
  return { value: names, source: path };
}

/** What lies beside a network. */
export interface NamesBeside {
  classNames?: ClassNames;
  /** why a list that lies there cannot be the network's: nobody has asked for it */
  ignored: readonly string[];
}

/** @param folder that the network lies in */
export async function findClassNames(folder: string, definition: NetworkDefinition): Promise<NamesBeside> {
  const ignored: string[] = [];
  for (const name of CLASS_FILES) {
    const text = await readIfThere(join(folder, name));
    if (text === undefined) continue;
    if (name === 'metadata.json' && !text.includes('"labels"')) continue; // many programs write one
    const refuse = refuseAt(`${name} beside it`);
    try {
      const names = readClassNames(text, refuse);
      checkCount(names, definition, refuse);
      return { classNames: { value: names, source: `${name} beside it` }, ignored };
    } catch (error) {
      if (!(error instanceof CnnvizError)) throw error;
      ignored.push(error.message);
    }
  }
  return { ignored };
}

function checkCount(names: readonly string[], definition: NetworkDefinition, refuse: RefuseFile): void {
  const count = countOutputs(definition);
  if (fitsOutputs(names.length, count)) return;
  const outputs = count === 1 ? '1 output' : `${count} outputs`;
  throw refuse(`it names ${names.length} classes, and the network has ${outputs}`);
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readBytes(path, listAtMost);
  } catch (error) {
    if (error instanceof CnnvizError && (error.code === 'NOT_FOUND' || error.code === 'NOT_READABLE')) return undefined;
    throw error;
  }
}
