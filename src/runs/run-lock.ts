// The lock that says which process trains a run.

import { join } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { explainWriteFailure } from '../disk/files.js';
import { type HeldLock, LOCK_TIMING, type Lock, type LockTiming } from '../disk/lock.js';
import { isLocal, type LockHolder, readLockFile } from '../disk/lock-file.js';
import { isRunning } from '../disk/process-stamp.js';
import { waitForLock } from '../disk/wait-for-lock.js';

/** The file in a run's folder that says which process trains it. */
export const LOCK_FILE = 'lock';

/** How long a process of another machine, which cannot be asked, has not been heard of, and when it counts as gone. */
export interface LockWaitingEvent {
  type: 'lock-waiting';
  /** of what the lock is for */
  path: string;
  pid?: number;
  host?: string;
  silentMs: number;
  staleMs: number;
}

export interface RunLockOptions {
  onEvent?: ((event: LockWaitingEvent) => void) | undefined;
  signal?: AbortSignal | undefined;
  timing?: LockTiming;
}

/** Of this process, by the run's folder. */
const heldLocks = new Map<string, Lock>();

/**
 * Takes a run's folder for this process until `unlockRun`. What a dead process holds is taken over. A process of another
 * machine holds it as long as it is heard of: whether it is takes up to a minute to see.
 *
 * @throws CnnvizError NOT_WRITABLE while a running process has it, ABORTED
 */
export async function lockRun(folder: string, options: RunLockOptions = {}): Promise<void> {
  const path = join(folder, LOCK_FILE);
  const { onEvent, signal, timing = LOCK_TIMING } = options;
  let firstHeartbeat: string | undefined;
  const onHeld = (held: HeldLock) => {
    firstHeartbeat ??= held.heartbeat;
    if (held.isLocal || held.heartbeat !== firstHeartbeat) throw describeHeld(folder, held.holder);
    const { holder, silentMs } = held;
    const named = holder === undefined ? {} : { pid: holder.pid, host: holder.host };
    onEvent?.({ type: 'lock-waiting', path: folder, ...named, silentMs, staleMs: timing.staleMs });
  };
  try {
    heldLocks.set(folder, await waitForLock(path, onHeld, { signal, timing }));
  } catch (error) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', 'stopped while waiting for the run', { cause: error });
    throw explainWriteFailure(error, path);
  }
}

/** @throws CnnvizError NOT_WRITABLE while a running process of this machine has the folder */
export async function requireUnlocked(folder: string): Promise<void> {
  const holder = await readHolder(folder);
  if (holder === undefined || !isLocal(holder) || !isRunning(holder)) return;
  throw describeHeld(folder, holder);
}

/**
 * Asks before a save whether the run is still this process's.
 *
 * @throws CnnvizError NOT_WRITABLE when another machine has taken it over, as nothing was heard of this process for a minute
 */
export async function requireLockKept(folder: string): Promise<void> {
  const lock = heldLocks.get(folder);
  if (lock === undefined || (await lock.isKept())) return;
  const holder = await readHolder(folder);
  throw new CnnvizError('NOT_WRITABLE', `${folder}: ${nameHolder(holder)} has taken this run over`, {
    hint: 'This process was suspended, or cut off from the disk; the run continues there, and nothing was changed here.',
  });
}

/** The folder of a run that this process holds has another name now. */
export function moveRunLock(from: string, to: string): void {
  const lock = heldLocks.get(from);
  if (lock === undefined) return;
  heldLocks.delete(from);
  heldLocks.set(to, lock);
  lock.follow(join(to, LOCK_FILE));
}

export async function unlockRun(folder: string): Promise<void> {
  const lock = heldLocks.get(folder);
  heldLocks.delete(folder);
  await lock?.release();
}

/** Whether a process of this machine had the folder and died. */
export async function isAbandoned(folder: string): Promise<boolean> {
  const holder = await readHolder(folder);
  return holder !== undefined && isLocal(holder) && !isRunning(holder);
}

/** Whether a process trains the run: one of this machine that runs, or one of another that was heard of lately. */
export async function isTrained(folder: string, { staleMs } = LOCK_TIMING): Promise<boolean> {
  const lock = await readLockFile(join(folder, LOCK_FILE)).catch(() => undefined);
  if (lock?.holder === undefined) return false;
  return isLocal(lock.holder) ? isRunning(lock.holder) : Date.now() - lock.modifiedAtMs < staleMs;
}

async function readHolder(folder: string): Promise<LockHolder | undefined> {
  return (await readLockFile(join(folder, LOCK_FILE)).catch(() => undefined))?.holder;
}

function describeHeld(folder: string, holder: LockHolder | undefined): CnnvizError {
  return new CnnvizError('NOT_WRITABLE', `${folder}: ${nameHolder(holder)} is training this run`, {
    hint: 'Wait for it to finish, or stop it.',
  });
}

function nameHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return 'another process';
  return `process ${holder.pid}${isLocal(holder) ? '' : ` on ${holder.host}`}`;
}
