import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { hostname } from 'node:os';
import { isRunning, type ProcessStamp, readMachine, stampProcess } from './process-stamp.js';

/** Who holds a lock, as its file says. */
export interface LockHolder extends ProcessStamp {
  host: string;
  /** where process ids mean the same, see `readMachine`; earlier versions did not write it */
  machine?: string;
  /** of this one holding, where a process takes the same lock several times */
  token?: string;
}

/** A lock's file at one moment. */
export interface LockFile {
  content: string;
  /** undefined: it does not name a process */
  holder: LockHolder | undefined;
  /** by the clock of the file system */
  modifiedAtMs: number;
  /** names this content in names of files */
  id: string;
}

/** The content of a lock's file for this process. */
export function describeHolder(): string {
  const own: LockHolder = {
    ...(stampProcess(process.pid) as ProcessStamp),
    host: hostname(),
    machine: readMachine(),
    token: randomUUID(),
  };
  return JSON.stringify(own);
}

/** Reads a lock's file; undefined where nothing is. Opening it makes NFS ask its server, whose word `stat` alone would keep for a minute. */
export async function readLockFile(path: string): Promise<LockFile | undefined> {
  try {
    const file = await fs.open(path);
    try {
      const { mtimeMs } = await file.stat();
      const content = await file.readFile('utf8');
      const id = createHash('sha256').update(content).digest('hex').slice(0, 12);
      return { content, holder: parseHolder(content), modifiedAtMs: mtimeMs, id };
    } finally {
      await file.close();
    }
  } catch (error) {
    // ESTALE: NFS has it open still, and it is gone
    if (['ENOENT', 'ESTALE'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Whether a holder's process can be asked: it is one of this machine. */
export function isLocal({ host, machine }: LockHolder): boolean {
  return host === hostname() && (machine === undefined || machine === readMachine());
}

/**
 * Whether a lock's holder is gone: its process is dead, or, where it cannot be asked, has not been heard of for `staleMs`.
 *
 * @param nowMs by the clock of the file system: the two machines' own clocks may differ
 */
export function isAbandoned({ content, holder, modifiedAtMs }: LockFile, nowMs: number, staleMs: number): boolean {
  if (holder !== undefined && isLocal(holder)) return !isRunning(holder);
  // Empty: perhaps it is just being written, where a file system knows no links.
  const isGarbage = holder === undefined && content !== '';
  return isGarbage || nowMs - modifiedAtMs > staleMs;
}

function parseHolder(content: string): LockHolder | undefined {
  try {
    const { pid, started, host, machine, token } = JSON.parse(content) as Record<string, unknown>;
    if (!Number.isInteger(pid) || (pid as number) <= 0) return undefined;
    if (typeof started !== 'string' || typeof host !== 'string') return undefined;
    const known = { pid: pid as number, started, host };
    return {
      ...known,
      ...(typeof machine === 'string' ? { machine } : {}),
      ...(typeof token === 'string' ? { token } : {}),
    };
  } catch {
    return undefined;
  }
}
