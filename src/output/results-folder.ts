import fs from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { explainWriteFailure, makeFolder, nameSibling, sweepSiblings } from '../disk/files.js';
import { readJson } from '../disk/read-file.js';

/** The file that makes a folder a results folder, and lists every file in it. */
export const manifestName = 'manifest.json';

/** A results folder that is being written beside the place where it will be. */
export interface ResultsFolder {
  /** Files may be written at the same time. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  /** Puts the folder in its place, whole; what was there before goes. */
  commit(): Promise<void>;
  /** Throws away what was written. */
  discard(): Promise<void>;
}

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
    hint: 'Choose another folder with --out, or move it away.',
  });
}

/** Begins a results folder; see `checkResultsFolder` for what may be replaced. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function openResultsFolder(path: string): Promise<ResultsFolder> {
  const target = resolve(path);
  await sweepSiblings(target);
  const staging = nameSibling(target, 'new');
  await makeFolder(staging);
  return {
    async write(name, content) {
      await fs.writeFile(join(staging, name), content).catch((error: unknown) => {
        throw explainWriteFailure(error, join(path, name));
      });
    },
    commit: () => replaceFolder(target, staging),
    discard: () => fs.rm(staging, { recursive: true, force: true }),
  };
}

// A folder cannot be renamed over one that is not empty, so the old one steps aside first. Between the two renames a kill
// leaves it there under its other name, and `sweepSiblings` puts it back.
async function replaceFolder(target: string, staging: string): Promise<void> {
  const aside = nameSibling(target, 'old');
  const hadOld = await fs.rename(target, aside).then(
    () => true,
    () => false,
  );
  try {
    await fs.rename(staging, target);
  } catch (error) {
    if (hadOld) await fs.rename(aside, target);
    throw explainWriteFailure(error, target);
  }
  await fs.rm(aside, { recursive: true, force: true });
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
