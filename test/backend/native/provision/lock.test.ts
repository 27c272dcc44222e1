import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SetupEvent } from '../../../../src/backend/native/provision/events.js';
import { lockSetup } from '../../../../src/backend/native/provision/lock.js';
import { isRunning, stampProcess } from '../../../../src/disk/process-stamp.js';

const ignoreEvents = { onEvent: () => {} };

function makeHome(holder?: object): string {
  const home = mkdtempSync(join(tmpdir(), 'cnnviz-lock-'));
  if (holder) writeFileSync(join(home, 'lock'), JSON.stringify(holder));
  return home;
}

test('the lock names its process and is gone when it is let go', async () => {
  const home = makeHome();
  const unlock = await lockSetup(home, ignoreEvents);
  expect(JSON.parse(readFileSync(join(home, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
  await unlock();
  expect(existsSync(join(home, 'lock'))).toBe(false);
});

test('the lock of a dead process is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const home = makeHome({ pid, started: '1', host: hostname() });
  const unlock = await lockSetup(home, ignoreEvents);
  expect(JSON.parse(readFileSync(join(home, 'lock'), 'utf8')).pid).toBe(process.pid);
  await unlock();
});

test('a later process with the id of the dead one does not keep its lock alive', async () => {
  const home = makeHome({ pid: process.pid, started: 'before this one', host: hostname() });
  await (await lockSetup(home, ignoreEvents))();
  expect(existsSync(join(home, 'lock'))).toBe(false);
});

test('the lock of a running process is waited for, and the wait can be aborted', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  try {
    const home = makeHome({ ...stampProcess(child.pid as number), host: hostname() });
    const events: SetupEvent[] = [];
    const controller = new AbortController();
    const onEvent = (event: SetupEvent) => {
      events.push(event);
      controller.abort();
    };
    await expect(lockSetup(home, { onEvent, signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(events).toEqual([{ type: 'setup-waiting', pid: child.pid }]);
    const waiting = lockSetup(home, ignoreEvents);
    child.kill('SIGKILL');
    await (await waiting)();
  } finally {
    child.kill('SIGKILL');
  }
});

test('the lock of another machine counts until it is old', async () => {
  const home = makeHome({ pid: 1, started: '1', host: 'elsewhere' });
  const controller = new AbortController();
  const waiting = lockSetup(home, { onEvent: () => controller.abort(), signal: controller.signal });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  const old = Date.now() / 1000 - 3600;
  utimesSync(join(home, 'lock'), old, old);
  await (await lockSetup(home, ignoreEvents))();
});

test('a process is distinguished from a later one with its id', () => {
  const own = stampProcess(process.pid);
  expect(own).toEqual({ pid: process.pid, started: expect.stringMatching(/^\d+$/) });
  expect(isRunning({ pid: process.pid, started: own?.started ?? '' })).toBe(true);
  expect(isRunning({ pid: process.pid, started: '1' })).toBe(false);
});
