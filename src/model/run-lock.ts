import fs from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CnnvizError } from '../errors.js';
import { explainWriteFailure } from '../files.js';
import { isRunning, type ProcessStamp, stampProcess } from '../process-stamp.js';

/** The file in a run's folder that says which process trains it. */
export const LOCK_FILE = 'lock';

interface Holder extends ProcessStamp {
  host: string;
}

/**
 * Takes a run's folder for this process until `unlockRun`. What a dead process holds is taken over, and so is what a process
 * of another machine holds, which cannot be asked: a run is stopped on one and goes on on another.
 *
 * @throws CnnvizError NOT_WRITABLE while a running process has it
 */
export async function lockRun(folder: string): Promise<void> {
  await requireUnlocked(folder);
  const path = join(folder, LOCK_FILE);
  try {
    await fs.rm(path, { force: true });
    const own: Holder = { ...(stampProcess(process.pid) as ProcessStamp), host: hostname() };
    await fs.writeFile(path, JSON.stringify(own), { flag: 'wx' });
  } catch (error) {
    throw explainWriteFailure(error, path);
  }
}

/** @throws CnnvizError NOT_WRITABLE while a running process has the folder */
export async function requireUnlocked(folder: string): Promise<void> {
  const holder = await readHolder(folder);
  if (holder?.host !== hostname() || !isRunning(holder)) return;
  throw new CnnvizError('NOT_WRITABLE', `${folder}: process ${holder.pid} is training this run`, {
    hint: 'Wait for its end, or interrupt it.',
  });
}

export async function unlockRun(folder: string): Promise<void> {
  await fs.rm(join(folder, LOCK_FILE), { force: true }).catch(() => undefined);
}

/** Whether a process of this machine had the folder and died. */
export async function isAbandoned(folder: string): Promise<boolean> {
  const holder = await readHolder(folder);
  return holder !== undefined && holder.host === hostname() && !isRunning(holder);
}

async function readHolder(folder: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await fs.readFile(join(folder, LOCK_FILE), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
