import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessStamp, stampProcess } from '../../../process-stamp.js';
import type { StepContext } from './events.js';

/** Who holds the lock. */
interface Holder extends ProcessStamp {
  host: string;
}

/** How long a lock counts whose process cannot be asked: another machine's in a shared home, or one not written to its end. */
const SILENT_LOCK_MS = 15 * 60_000;

/**
 * Waits until no other process sets up below `home`, then holds the lock until the returned function is called.
 * The lock file names its process; that of a dead one is taken over. Should two processes take over at the same moment,
 * both do the work, each in its own folder, and the later commit counts.
 */
export async function lockSetup(home: string, { onEvent, signal }: StepContext): Promise<() => Promise<void>> {
  const file = join(home, 'lock');
  const own = JSON.stringify({ ...stampProcess(process.pid), host: hostname() });
  let toldPid: number | undefined;
  while (!(await tryCreate(file, own))) {
    const holder = await readHolder(file);
    if (await isAbandoned(file, holder)) {
      await rm(file, { force: true });
      continue;
    }
    if (holder && holder.pid !== toldPid) {
      toldPid = holder.pid;
      onEvent({ type: 'setup-waiting', pid: holder.pid });
    }
    await sleep(100, undefined, signal && { signal });
  }
  return async () => {
    if ((await readFile(file, 'utf8').catch(() => '')) === own) await rm(file, { force: true });
  };
}

async function tryCreate(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined for a file that has just gone or is not written to its end. */
async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isAbandoned(file: string, holder: Holder | undefined): Promise<boolean> {
  if (holder?.host === hostname()) return !isRunning(holder);
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > SILENT_LOCK_MS;
}
