// The folder in which a set-up works until it is committed.

import fs, { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolders } from '../../../disk/make-folders.js';
import { isRunning, stampProcess } from '../../../disk/process-stamp.js';
import { type Installation, pointerFile } from '../cache.js';
import { diskFull } from './failures.js';
import { NEEDED_BYTES } from './wheel.js';

// Every set-up works in a folder of its own, `build-<pid>-<start time>-<random>`, and that folder is used where it is. It
// counts once a pointer file names it; one that no pointer names is a leftover as soon as the process that made it is gone.
const BUILD_FOLDER = /^build-(\d+)-(\d*)-/;

/** Makes the folder that this set-up works in, where there is room enough. */
export async function makeBuildFolder(home: string): Promise<string> {
  await makeSharedFolders([dirname(home), home]);
  const { bavail, bsize } = await fs.statfs(home);
  if (bavail * bsize < NEEDED_BYTES) {
    const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
    throw diskFull(
      home,
      `set-up needs ${inGigabytes(NEEDED_BYTES)} of disk space, but only ${inGigabytes(bavail * bsize)} is free`,
    );
  }
  return mkdtemp(join(home, `build-${process.pid}-${stampProcess(process.pid)?.started ?? ''}-`));
}

/**
 * Makes folders, the outer ones first, that other users may read, whatever the umask: CNNVIZ_HOME can be set up by root or a
 * teacher for all. A folder that is there already keeps its mode: it can be private on purpose.
 */
async function makeSharedFolders(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const isThere = (await fs.stat(path).catch(() => undefined)) !== undefined;
    await makeFolders(path);
    if (!isThere) await fs.chmod(path, 0o755);
  }
}

/** Lets everybody read what is in a folder (`chmod -R a+rX`): `mkdtemp` makes folders for their owner alone. */
async function shareFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const path of [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))]) {
    const status = await fs.lstat(path);
    if (status.isSymbolicLink()) continue;
    const isForRunning = status.isDirectory() || (status.mode & 0o100) !== 0;
    await fs.chmod(path, (status.mode & 0o777) | (isForRunning ? 0o555 : 0o444));
  }
}

/** Makes `folder` the installation that counts: one rename of the small file that names it. */
export async function commitInstallation(home: string, installation: Installation): Promise<Installation> {
  const folder = basename(installation.folder);
  const prepared = join(installation.folder, 'installed.json');
  await writeFile(prepared, `${JSON.stringify({ ...installation, folder }, null, 2)}\n`);
  await shareFolder(installation.folder);
  await rename(prepared, pointerFile(home));
  return installation;
}

/** Removes what set-ups left behind that were killed, and installations that another has replaced. */
export async function sweepLeftovers(home: string): Promise<void> {
  const names = await readdir(home).catch(() => []);
  const kept = new Set<string>();
  for (const name of names.filter((each) => each.endsWith('.json'))) kept.add(await readPointer(join(home, name)));
  for (const name of names) {
    const match = BUILD_FOLDER.exec(name);
    if (match === null || kept.has(name)) continue;
    const maker = { pid: Number(match[1]), started: match[2] as string };
    if (!isRunning(maker)) await rm(join(home, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function readPointer(file: string): Promise<string> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as Installation).folder;
  } catch {
    return '';
  }
}
