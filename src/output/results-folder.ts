// Writes a results folder.

import fs from 'node:fs/promises';
import { join } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { explainWriteFailure } from '../disk/files.js';
import { readJson } from '../disk/read-file.js';
import { type StagedFolder, stageFolder } from '../disk/staged-folder.js';

/** The file that makes a folder a results folder, and lists every file in it. */
const manifestName = 'manifest.json';

/** Where a results folder's files are written. Nobody needs to wait for a file: the folder waits for all of them. */
export type ResultsFolder = Pick<StagedFolder, 'write' | 'keep'>;

/**
 * Checks that a results folder may be written at `path`: nothing is there, or an empty folder, or an earlier result and
 * nothing else. Somebody's own files are never mixed with results, let alone replaced.
 *
 * @throws CnnvizError NOT_WRITABLE
 */
export async function checkResultsFolder(path: string): Promise<void> {
  const present = await listFiles(path);
  if (present.length === 0) return;
  const ours = new Set([manifestName, ...(await readManifestFiles(path))]);
  const foreign = present.filter((name) => !ours.has(name) || !present.includes(manifestName));
  if (foreign.length === 0) return;
  const more = foreign.length > 1 ? ` and ${foreign.length - 1} more` : '';
  throw new CnnvizError('NOT_WRITABLE', `${path}: holds ${foreign[0]}${more}, which is not of an earlier result`, {
    hint: 'Choose another folder with --out, or move this one.',
  });
}

/**
 * Writes a results folder with its manifest, whole or not at all; see `checkResultsFolder` for what may be replaced.
 *
 * @param fill writes the files, and returns the manifest, which lists them
 * @returns the manifest, itself among its files
 * @throws CnnvizError DISK_FULL, NOT_WRITABLE; and what `fill` throws
 */
export async function writeResultsFolder<Manifest extends { files: string[] }>(
  path: string,
  fill: (folder: ResultsFolder) => Promise<Manifest>,
): Promise<Manifest> {
  const folder = await stageFolder(path, { replaces: true });
  const writes: Promise<void>[] = [];
  const write: ResultsFolder['write'] = (name, content) => {
    const written = folder.write(name, content);
    written.catch(() => undefined); // reported below, when the others have ended
    writes.push(written);
    return written;
  };
  try {
    const content = await fill({ write, keep: folder.keep });
    await Promise.all(writes);
    const manifest = { ...content, files: [...content.files, manifestName] };
    await folder.write(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
    await folder.commit();
    return manifest;
  } finally {
    await Promise.allSettled(writes); // nothing is written into a folder that is thrown away
    await folder.discard();
  }
}

async function listFiles(path: string): Promise<string[]> {
  try {
    return await fs.readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw explainWriteFailure(error, path);
  }
}

async function readManifestFiles(path: string): Promise<string[]> {
  try {
    const manifest = await readJson(join(path, manifestName), (reason) => new Error(reason));
    const files = manifest instanceof Object && 'files' in manifest ? manifest.files : [];
    return Array.isArray(files) ? files.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
