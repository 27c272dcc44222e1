import fs, { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { findPlatform, type NativePlatform } from '../../../../src/backend/native/platform.js';
import type { SetupEvent } from '../../../../src/backend/native/provision/events.js';
import { unpackWheel } from '../../../../src/backend/native/provision/unpack.js';
import { WHEEL_HEADERS, wheelLibraries } from '../../../../src/backend/native/provision/wheel.js';
import { zip } from './zip.js';

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-unpack-'));
const wheel = join(folder, 'x.whl');
const [libraries, headers] = [join(folder, 'libraries'), join(folder, 'headers')];
const linux = findPlatform({ platform: 'linux', arch: 'x64' }) as NativePlatform;
const NEEDED = [...wheelLibraries(linux), ...WHEEL_HEADERS];

test('just the libraries and the headers are taken out, each where it belongs', async () => {
  const events: SetupEvent[] = [];
  writeFileSync(wheel, zip([...NEEDED, 'tensorflow/python/big.py']));
  await unpackWheel(wheel, libraries, headers, linux, { onEvent: (event) => events.push(event) });
  expect(fs.readdirSync(libraries).sort()).toEqual(['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']);
  expect(readFileSync(join(libraries, 'libtensorflow_cc.so.2'), 'utf8')).toBe(NEEDED[0]);
  expect(readFileSync(join(headers, 'tensorflow/include/tensorflow/c/c_api.h'), 'utf8')).toContain('c_api.h');
  expect(existsSync(join(headers, 'tensorflow/python/big.py'))).toBe(false);
  const totalBytes = NEEDED.join('').length;
  expect(events.at(-1)).toEqual({ type: 'setup-progress', step: 'unpack', doneBytes: totalBytes, totalBytes });
});

test('a wheel that lacks a file, and a file that is no wheel', async () => {
  writeFileSync(wheel, zip(NEEDED.slice(1)));
  await expect(unpackWheel(wheel, libraries, headers, linux, { onEvent: () => {} })).rejects.toMatchObject({
    code: 'SETUP_FAILED',
    message: `${wheel}: lacks tensorflow/libtensorflow_cc.so.2`,
  });
  writeFileSync(wheel, 'not a zip');
  await expect(unpackWheel(wheel, libraries, headers, linux, { onEvent: () => {} })).rejects.toMatchObject({
    code: 'SETUP_FAILED',
    message: expect.stringContaining(`${wheel}: not a wheel`),
  });
});

test('a disk that is full while unpacking', async () => {
  writeFileSync(wheel, zip(NEEDED));
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const spy = vi
    .spyOn(fs, 'createWriteStream')
    .mockImplementation(() => new Writable({ write: (_chunk, _encoding, done) => done(full) }) as fs.WriteStream);
  await expect(unpackWheel(wheel, libraries, headers, linux, { onEvent: () => {} })).rejects.toMatchObject({
    code: 'DISK_FULL',
    message: `${libraries}: no space left`,
  });
  spy.mockRestore();
});
