// Hidden names for what is being written, and the sweep of those whose process died.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MAX_NAME_BYTES, shortenName } from './file-names.js';
import { isRunning, stampProcess } from './process-stamp.js';

/**
 * What a hidden name is for. tmp: a file, or a folder of this process's own; new: a folder that will get the place beside it;
 * old: what had that place and steps aside.
 */
export type TemporaryKind = 'tmp' | 'new' | 'old';

/** Bytes for what follows the place's own name: `.` before it, `.tmp-`, a process id, its start, and 8 digits, with their dashes. */
const MARK_BYTES = 48;

/** Kind, process id, start of the process (earlier versions did not write it). */
const MARK = /^(tmp|new|old)-(\d+)-(?:(\d*)-)?[0-9a-f]+$/;

/** A hidden name beside `path`; its process id shows a later process whether its writer is still alive. */
export function temporaryName(path: string, kind: TemporaryKind = 'tmp'): string {
  const { pid, started } = stampProcess(process.pid) ?? { pid: process.pid, started: '' };
  return join(dirname(path), `${siblingPrefix(path)}${kind}-${pid}-${started}-${randomUUID().slice(0, 8)}`);
}

/** Whether a name is one that `temporaryName` gives to files. */
export function isTemporary(name: string): boolean {
  return name.startsWith('.') && MARK.exec(name.slice(name.lastIndexOf('.') + 1))?.[1] === 'tmp';
}

/** The beginning of a hidden name beside `path`: the same for a place every time, however long its name. */
function siblingPrefix(path: string): string {
  return `.${shortenName(basename(path), MAX_NAME_BYTES - MARK_BYTES)}.`;
}

/** Removes what processes that died since left in a folder under a `temporaryName` of the kind `tmp`. */
export async function sweepLeftovers(folder: string): Promise<void> {
  for (const { path, kind } of await findLeftovers(folder)) if (kind === 'tmp') await remove(path);
}

/** Removes what killed writers of this very file left beside it. */
export async function sweepLeftoversOf(path: string): Promise<void> {
  for (const leftover of await findLeftovers(dirname(path), siblingPrefix(path))) {
    if (leftover.kind === 'tmp') await remove(leftover.path);
  }
}

/** Tidies up beside a folder's place after processes that died since; an old folder gets its place back if it is free. */
export async function sweepSiblings(path: string): Promise<void> {
  for (const leftover of await findLeftovers(dirname(path), siblingPrefix(path))) {
    if (leftover.kind === 'tmp') continue;
    const isLost = leftover.kind === 'old' && (await fs.stat(path).catch(() => undefined)) === undefined;
    if (isLost) await fs.rename(leftover.path, path);
    else await fs.rm(leftover.path, { recursive: true, force: true });
  }
}

async function findLeftovers(folder: string, prefix?: string): Promise<{ path: string; kind: string }[]> {
  const names = await fs.readdir(folder).catch(() => []);
  return names.flatMap((name) => {
    if (!name.startsWith(prefix ?? '.')) return [];
    const mark = MARK.exec(name.slice(prefix?.length ?? name.lastIndexOf('.') + 1));
    if (mark === null) return [];
    const [, kind = '', pid, started] = mark;
    const isAlive = started === undefined ? stampProcess(Number(pid)) : isRunning({ pid: Number(pid), started });
    return isAlive ? [] : [{ path: join(folder, name), kind }];
  });
}

async function remove(path: string): Promise<void> {
  await fs.rm(path, { recursive: true, force: true }).catch(() => undefined);
}
