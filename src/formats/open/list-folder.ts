// What lies in a folder that may be a network.

import fs from 'node:fs/promises';
import { join } from 'node:path';
import { explainReadFailure, findInside, measureFile, readBytes } from '../../disk/read-file.js';
import { largestDescription, type Place } from './find-network.js';

/** @throws CnnvizError NOT_FOUND, NOT_READABLE */
export async function listFolder(path: string): Promise<Place> {
  try {
    const entries = await fs.readdir(path, { withFileTypes: true });
    const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
    return { what: 'a folder', names, readSmall: (name) => readSmall(path, name) };
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}

/** What is no file, or lies elsewhere, is left alone: somebody may have put anything there. */
async function readSmall(folder: string, name: string): Promise<Buffer | undefined> {
  const path = join(folder, name);
  const isUseful = async () =>
    (await findInside(folder, name)) !== undefined && (await measureFile(path)) <= largestDescription;
  return (await isUseful().catch(() => false)) ? await readBytes(path, largestDescription) : undefined;
}
