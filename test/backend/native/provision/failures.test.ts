import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findInstallation } from '../../../../src/backend/native/cache.js';
import { provisionNative } from '../../../../src/backend/native/provision/provision.js';
import { stampProcess } from '../../../../src/disk/process-stamp.js';

// Nothing is downloaded and nothing is compiled here: the commands that set-up calls are stand-ins on a PATH of our own.
// The one real set-up is in test/packaging.

let home: string;
let bin: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cnnviz-setup-'));
  bin = join(home, 'bin');
  mkdirSync(bin);
  vi.stubEnv('CNNVIZ_HOME', home);
  vi.stubEnv('PATH', bin);
  stub('g++', 'exit 0');
  stub('python3', 'exit 0');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

function stub(name: string, body: string): void {
  rmSync(join(bin, name), { force: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** A python3 whose pip is there and whose download does this. */
function stubDownload(body: string): void {
  stub('python3', `case "$*" in *--version*) exit 0;; esac\n${body}`);
}

/** Nothing but the folder itself is left of a set-up that failed. */
function leftovers(): string[] {
  return existsSync(join(home, 'native')) ? readdirSync(join(home, 'native')) : [];
}

async function failure(options = {}): Promise<{ code: string; message: string; hint: string; left: string[] }> {
  const error = await provisionNative(options).then(
    () => undefined,
    (caught: { code: string; message: string; hint: string }) => caught,
  );
  expect(findInstallation()).toBeUndefined();
  return { code: error?.code ?? '', message: error?.message ?? '', hint: error?.hint ?? '', left: leftovers() };
}

test('a missing compiler is named with its Debian package', async () => {
  rmSync(join(bin, 'g++'));
  expect(await failure()).toEqual({
    code: 'SETUP_FAILED',
    message: 'g++, which compiles the TensorFlow binding, was not found',
    hint: 'Install the Debian package g++ (apt-get install g++), then run `cnnviz setup` again.',
    left: [],
  });
});

test('a missing Python and a missing pip are named with the Debian package and the way around', async () => {
  const hint = expect.stringMatching(/python3-pip.*cnnviz setup --from FILE\.whl/);
  rmSync(join(bin, 'python3'));
  const message = 'python3, whose pip downloads TensorFlow, was not found';
  expect(await failure()).toEqual({ code: 'SETUP_FAILED', message, hint, left: [] });
  stub('python3', 'echo "/usr/bin/python3: No module named pip" >&2; exit 1');
  expect(await failure()).toEqual({
    code: 'SETUP_FAILED',
    message: 'pip, which downloads TensorFlow, does not run (/usr/bin/python3: No module named pip)',
    hint,
    left: [],
  });
});

test('no network is one line, not the log of pip', async () => {
  stubDownload(`
    echo "WARNING: Retrying after connection broken by 'NewConnectionError: Name or service not known'" >&2
    echo "ERROR: No matching distribution found for tensorflow-cpu" >&2; exit 1`);
  expect(await failure()).toMatchObject({
    code: 'SETUP_FAILED',
    message: 'pip could not reach its package index for tensorflow-cpu==2.21.0',
    hint: expect.stringContaining('--from FILE.whl'),
    left: [],
  });
});

test('any other refusal of pip is its last line', async () => {
  stubDownload('echo "ERROR: No matching distribution found for tensorflow-cpu==2.21.0" >&2; exit 1');
  const { message } = await failure();
  expect(message).toBe(
    'pip download tensorflow-cpu==2.21.0 failed: ERROR: No matching distribution found for tensorflow-cpu==2.21.0',
  );
});

test('a disk that is full during the download', async () => {
  stubDownload('echo "ERROR: Could not install packages: [Errno 28] No space left on device" >&2; exit 1');
  expect(await failure()).toMatchObject({
    code: 'DISK_FULL',
    message: expect.stringMatching(/: no space left$/),
    hint: expect.stringContaining('CNNVIZ_HOME'),
    left: [],
  });
});

test('a wrong checksum, whether pip or the user brought the file', async () => {
  const wheel = join(home, 'tensorflow.whl');
  writeFileSync(wheel, 'abc');
  const sha256OfAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  const given = await failure({ from: wheel });
  expect(given).toMatchObject({ code: 'SETUP_FAILED', left: [] });
  expect(given.message).toMatch(new RegExp(`tensorflow\\.whl: wrong checksum, .* received ${sha256OfAbc}$`));
  stubDownload(`while [ "$1" != --dest ]; do shift; done
    printf abc > "$2/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl"`);
  const downloaded = await failure();
  expect(downloaded).toMatchObject({ code: 'SETUP_FAILED', left: [] });
  expect(downloaded.message).toContain(`received ${sha256OfAbc}`);
});

test('a file that is not there, and a folder in its place', async () => {
  expect(await failure({ from: join(home, 'none.whl') })).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringMatching(/none\.whl: no such file$/),
    left: [],
  });
  expect(await failure({ from: bin })).toMatchObject({ code: 'NOT_READABLE', left: [] });
});

test('too small a disk is refused before the download', async () => {
  stub('python3', 'case "$*" in *download*) echo "must not be called" >&2; exit 1;; esac');
  vi.spyOn(fs, 'statfs').mockResolvedValueOnce({ bavail: 1000, bsize: 4096 } as Awaited<ReturnType<typeof fs.statfs>>);
  expect(await failure()).toMatchObject({
    code: 'DISK_FULL',
    message: expect.stringMatching(/set-up needs 1\.8 GB of disk space, but only 0\.0 GB is free$/),
    left: [],
  });
});

test('a cache that cannot be made', async () => {
  writeFileSync(join(home, 'file'), '');
  vi.stubEnv('CNNVIZ_HOME', join(home, 'file', 'below'));
  expect(await failure()).toMatchObject({ code: 'NOT_WRITABLE', hint: expect.stringContaining('CNNVIZ_HOME') });
});

test('stopping it leaves nothing', async () => {
  const sleep = spawnSync('/bin/sh', ['-c', 'command -v sleep'], { env: { PATH: '/usr/bin:/bin' } });
  symlinkSync(String(sleep.stdout).trim(), join(bin, 'sleep'));
  stubDownload('exec sleep 30');
  const signal = AbortSignal.timeout(500);
  expect(await failure({ signal })).toMatchObject({
    code: 'ABORTED',
    message: 'the set-up of native TensorFlow was interrupted',
    left: [],
  });
});

test('the next start sweeps what a killed one left, and spares what is at work or in use', async () => {
  const { pid: deadPid } = spawnSync(process.execPath, ['--version']);
  const native = join(home, 'native');
  const atWork = `build-${process.pid}-${stampProcess(process.pid)?.started}-now`;
  for (const name of [`build-${deadPid}-1-abc`, `build-${deadPid}-1-used`, atWork]) {
    mkdirSync(join(native, name), { recursive: true });
  }
  writeFileSync(join(native, 'current-1.json'), `{"folder": "build-${deadPid}-1-used"}`);
  rmSync(join(bin, 'g++'));
  await expect(provisionNative()).rejects.toMatchObject({ code: 'SETUP_FAILED' });
  expect(leftovers().sort()).toEqual([`build-${deadPid}-1-used`, 'current-1.json', atWork].sort());
});
