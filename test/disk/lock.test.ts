import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type HeldLock, LOCK_TIMING, type Lock, type LockTiming, tryLock } from '../../src/disk/lock.js';
import { readMachine, stampProcess } from '../../src/disk/process-stamp.js';
import { waitForLock } from '../../src/disk/wait-for-lock.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-lock-'));
  path = join(folder, 'lock');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(folder, { recursive: true, force: true });
});

/** Long enough for any machine; what is to be old is made old. */
const timing: LockTiming = { ...LOCK_TIMING, pollMs: 1 };
const elsewhere = { pid: 1, started: '1', host: 'elsewhere', token: 'a' };
const write = (holder: object) => fs.writeFile(path, JSON.stringify(holder));
const read = async () => JSON.parse(await fs.readFile(path, 'utf8'));

async function take(): Promise<Lock> {
  const result = await tryLock(path, timing);
  if (!('release' in result)) throw new Error(`held: ${JSON.stringify(result)}`);
  return result;
}

async function seeHeld(): Promise<HeldLock> {
  const result = await tryLock(path, timing);
  if ('release' in result) throw new Error('taken');
  return result;
}

test('a lock names its process, is held until it is released, and leaves nothing', async () => {
  const lock = await take();
  expect(await read()).toMatchObject({ ...stampProcess(process.pid), host: hostname(), machine: readMachine() });
  expect(await seeHeld()).toMatchObject({ isLocal: true, holder: { pid: process.pid } });
  expect(await fs.readdir(folder)).toEqual(['lock']);
  await lock.release();
  expect(await fs.readdir(folder)).toEqual([]);
  await (await take()).release();
});

describe('what a dead process left is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  test.each<[string, string]>([
    ['a process that is gone', JSON.stringify({ pid, started: '1', host: hostname() })],
    ['one whose id another process has now', JSON.stringify({ pid: process.pid, started: '1', host: hostname() })],
    ['no JSON', 'garbage'],
    ['null', 'null'],
    ['a process id that is none', JSON.stringify({ pid: '12', started: '1', host: hostname() })],
  ])('%s', async (_, content) => {
    await fs.writeFile(path, content);
    const lock = await take();
    expect((await read()).pid).toBe(process.pid);
    await lock.release();
    expect(await fs.readdir(folder)).toEqual([]);
  });
});

test.each(['EPERM', 'ENOTSUP'])('where files cannot have two names (%s) one of many gets it', async (code) => {
  vi.spyOn(fs, 'link').mockRejectedValue(Object.assign(new Error(code), { code }));
  for (const held of [false, true]) {
    if (held) await write({ ...elsewhere, host: hostname() }); // by a process that is gone
    const results = await Promise.all(Array.from({ length: 20 }, () => tryLock(path, timing)));
    const locks = results.filter((result) => 'release' in result);
    expect(locks).toHaveLength(1);
    await locks[0]?.release();
    expect(await fs.readdir(folder)).toEqual([]);
  }
});

test('a link that was made though its answer got lost, as on NFS, is a lock', async () => {
  const link = fs.link;
  vi.spyOn(fs, 'link').mockImplementation(async (from, to) => {
    await link(from, to);
    throw Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
  });
  await (await take()).release();
});

describe('a lock of another machine', () => {
  const past = new Date(Date.now() - 10 * LOCK_TIMING.staleMs);

  test('counts while its file is new by the clock of the file system, and no longer', async () => {
    await write(elsewhere);
    expect(await seeHeld()).toMatchObject({ isLocal: false, holder: elsewhere });
    await fs.utimes(path, past, past);
    await (await take()).release();
  });

  test('is one of another container too, and of an earlier start of this machine', async () => {
    await write({ ...elsewhere, ...stampProcess(process.pid), host: hostname(), machine: 'another' });
    expect((await seeHeld()).isLocal).toBe(false);
  });

  test('is waited for: each heartbeat is seen, and it is had as soon as they end', async () => {
    await write(elsewhere);
    const heartbeats: string[] = [];
    let looks = 0;
    const lock = await waitForLock(
      path,
      ({ heartbeat }) => {
        if (heartbeats.at(-1) !== heartbeat) heartbeats.push(heartbeat);
        looks++;
        // At the third look it has written its file again; at the sixth it has been silent for long.
        if (looks === 3) utimes(LOCK_TIMING.staleMs / 2);
        if (looks === 6) utimes(2 * LOCK_TIMING.staleMs);
      },
      { timing },
    );
    expect(heartbeats).toHaveLength(2);
    expect(looks).toBeGreaterThanOrEqual(6);
    await lock.release();
  });

  /** So that it has happened before the next look. */
  function utimes(agoMs: number): void {
    const time = (Date.now() - agoMs) / 1000;
    spawnSync(process.execPath, ['-e', `fs.utimesSync(${JSON.stringify(path)}, ${time}, ${time})`]);
  }

  test('the wait can be aborted', async () => {
    await write(elsewhere);
    const controller = new AbortController();
    const waiting = waitForLock(path, () => controller.abort(), { timing, signal: controller.signal });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await fs.readdir(folder)).toEqual(['lock']);
  });
});

describe('a holder', () => {
  const beating: LockTiming = { ...timing, heartbeatMs: 1 };

  test('writes its file again and again, also where the folder has another name', async () => {
    const lock = (await tryLock(path, beating)) as Lock;
    const written = async () => (await fs.stat(path)).mtimeMs;
    const old = new Date(0);
    await fs.utimes(path, old, old);
    await expect.poll(written).toBeGreaterThan(0);
    await fs.rename(folder, `${folder}-moved`);
    path = join(`${folder}-moved`, 'lock');
    lock.follow(path);
    await fs.utimes(path, old, old);
    await expect.poll(written).toBeGreaterThan(0);
    await lock.release();
    expect(await fs.readdir(`${folder}-moved`)).toEqual([]);
    await fs.rm(`${folder}-moved`, { recursive: true });
  });

  test('lives on where its file cannot be written, and keeps the lock', async () => {
    const lock = (await tryLock(path, beating)) as Lock;
    await fs.rm(path);
    await fs.mkdir(path);
    // Several beats later
    for (let beats = 0; beats < 5; beats++) await new Promise((done) => setTimeout(done, beating.heartbeatMs));
    expect(await lock.isKept()).toBe(true);
    await lock.release();
  });

  test('that was asleep sees that another one has the lock, and leaves that alone', async () => {
    const lock = await take();
    await write(elsewhere);
    expect(await lock.isKept()).toBe(false);
    await lock.release();
    expect(await read()).toEqual(elsewhere);
  });
});
