import fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeHolder, isAbandoned, isLocal, type LockHolder, readLockFile } from './lock-file.js';
import { temporaryName } from './temporary-names.js';

// One lock for all uses: a file that names the process that holds it. It comes into being whole, under its name, by
// link(2), which is atomic on NFS as well. A holder writes its file again and again; one on another machine, whose process
// cannot be asked, counts as gone when its file has not been written for a minute by the file system's own clock. As no
// file system can stop a process that slept through that minute, a holder asks `isKept` before it writes what it guards.

/** How often a holder is heard of, and when it is taken for gone. */
export interface LockTiming {
  heartbeatMs: number;
  staleMs: number;
  /** between two looks at a lock that is waited for */
  pollMs: number;
}

export const LOCK_TIMING: LockTiming = { heartbeatMs: 10_000, staleMs: 60_000, pollMs: 250 };

/** A lock that this process holds. */
export interface Lock {
  /** Whether nobody has taken it over; false for good once somebody has. */
  isKept(): Promise<boolean>;
  /** The folder around its file has another name now. */
  follow(path: string): void;
  release(): Promise<void>;
}

/** A lock that somebody else holds. */
export interface HeldLock {
  /** undefined: the file does not say yet */
  holder: LockHolder | undefined;
  /** its process is one of this machine, and runs */
  isLocal: boolean;
  /** since the holder wrote its file, by the file system's clock */
  silentMs: number;
  /** changes whenever the holder is heard of */
  heartbeat: string;
}

/** Takes a lock if nobody has it, or its holder is gone. Of any number of processes that try at once, one gets it. */
export async function tryLock(path: string, timing = LOCK_TIMING): Promise<Lock | HeldLock> {
  const own = describeHolder();
  const temporary = temporaryName(path);
  try {
    for (;;) {
      await fs.writeFile(temporary, own); // again, as its time is the file system's present
      if (await placeExclusively(temporary, path, own)) return holdLock(path, own, timing);
      const found = await readLockFile(path);
      if (found === undefined) continue; // released just now
      const { mtimeMs: nowMs } = await fs.stat(temporary);
      if (!isAbandoned(found, nowMs, timing.staleMs)) {
        const { holder, modifiedAtMs, id } = found;
        const local = holder !== undefined && isLocal(holder);
        return { holder, isLocal: local, silentMs: nowMs - modifiedAtMs, heartbeat: `${id} ${modifiedAtMs}` };
      }
      if (await takeOver(path, temporary, found, timing)) return holdLock(path, own, timing);
    }
  } finally {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** What link(2) fails with where files cannot have two names: exFAT, SMB and others. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

async function placeExclusively(temporary: string, path: string, content: string): Promise<boolean> {
  try {
    await fs.link(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The reply to a link that NFS has made can get lost: link(2) says to count the names.
    if ((await fs.stat(temporary)).nlink === 2) return true;
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code ?? '')) throw error;
  }
  try {
    await fs.writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    await fs.rm(path, { force: true }); // an empty one: the disk is full
    throw error;
  }
}

/**
 * Puts our file in the place of a dead holder's. Only who holds the lock on replacing just this one may: without it, two
 * that saw the same dead holder could replace each other, the second one a living lock.
 */
async function takeOver(path: string, temporary: string, dead: { content: string; id: string }, timing: LockTiming) {
  const guard = await tryLock(join(dirname(path), `.${basename(path)}.break-${dead.id}`), timing);
  if (!('release' in guard)) {
    await sleep(5);
    return false;
  }
  try {
    const now = await readLockFile(path);
    // By the same holder, but newer: it was only asleep.
    const { mtimeMs: nowMs } = await fs.stat(temporary);
    if (now?.content !== dead.content || !isAbandoned(now, nowMs, timing.staleMs)) return false;
    await fs.rename(temporary, path);
    return true;
  } finally {
    await guard.release();
  }
}

function holdLock(place: string, own: string, { heartbeatMs }: LockTiming): Lock {
  let path = place;
  let isLost = false;
  const isKept = async () => {
    const found = await readLockFile(path).catch(() => undefined);
    // A file that is gone or cannot be read is nobody's: the work goes on.
    isLost ||= found !== undefined && found.content !== own;
    return !isLost;
  };
  const beat = setInterval(() => {
    isKept()
      .then((kept) => (kept ? writeAgain(path, own) : clearInterval(beat)))
      .catch(() => undefined); // a full disk, a server that is away: no reason to end the work
  }, heartbeatMs).unref();
  return {
    isKept,
    follow(next) {
      path = next;
    },
    async release() {
      clearInterval(beat);
      const found = await readLockFile(path).catch(() => undefined);
      if (found?.content === own) await fs.rm(path, { force: true }).catch(() => undefined);
    },
  };
}

/** The same bytes, so that the file gets the file system's own time; in a file that is there, as its name may be another's by now. */
async function writeAgain(path: string, own: string): Promise<void> {
  const file = await fs.open(path, 'r+');
  try {
    if ((await file.readFile('utf8')) === own) await file.write(own, 0);
  } finally {
    await file.close();
  }
}
