import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findPlatform, type NativePlatform } from '../../../../src/backend/native/platform.js';
import { provisionNative } from '../../../../src/backend/native/provision/provision.js';
import { findMissingTools } from '../../../../src/backend/native/provision/tools.js';
import { chooseChecksum } from '../../../../src/backend/native/provision/verify.js';
import { WHEEL_HEADERS, wheelFor, wheelLibraries } from '../../../../src/backend/native/provision/wheel.js';
import { zip } from './zip.js';

// What set-up would do on machines that are not here, up to the command lines: compilers and pip are stand-ins that write
// down what they are called with.

let home: string;
const original = { platform: process.platform, arch: process.arch };
const at = (...names: string[]) => join(home, ...names);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cnnviz-platforms-'));
  mkdirSync(at('bin'));
  vi.stubEnv('CNNVIZ_HOME', home);
  vi.stubEnv('PATH', `${at('bin')}:/usr/bin:/bin`);
  for (const name of ['g++', 'clang++', 'strip']) stub(name, `echo "$*" >> '${at(`${name}.log`)}'`);
});

afterEach(() => {
  become(original.platform, original.arch);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(home, { recursive: true, force: true });
});

function stub(name: string, body: string): void {
  writeFileSync(at('bin', name), `#!/bin/sh\n${body}\n`);
  chmodSync(at('bin', name), 0o755);
}

function become(platform: string, arch: string): void {
  Object.defineProperty(process, 'platform', { value: platform });
  Object.defineProperty(process, 'arch', { value: arch });
}

/** A wheel whose files hold their names; pip "downloads" it. */
function makeWheel(platform: NativePlatform): string {
  const content = zip([...wheelLibraries(platform), ...WHEEL_HEADERS]);
  writeFileSync(at('made.whl'), content);
  const { fileName } = wheelFor(platform);
  stub(
    'python3',
    `case "$*" in *--version*) exit 0;; esac
echo "$*" >> '${at('pip.log')}'
while [ "$1" != --dest ]; do shift; done
cp '${at('made.whl')}' "$2/${fileName}"`,
  );
  return createHash('sha256').update(content).digest('hex');
}

const log = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : '');

test.each([
  {
    ...{ platform: 'linux', arch: 'arm64', compiler: 'g++', other: 'clang++', tag: 'manylinux_2_27_aarch64' },
    line: / -shared .*-o \S+tfjs_binding\.node -L \S+ -l:libtensorflow_cc\.so\.2 -l:libtensorflow_framework\.so\.2 -Wl,-rpath,\$ORIGIN$/m,
    stripped: true,
  },
  {
    ...{ platform: 'darwin', arch: 'arm64', compiler: 'clang++', other: 'g++', tag: 'macosx_12_0_arm64' },
    line: / -dynamiclib -undefined dynamic_lookup .*-o \S+tfjs_binding\.node \S+\/libtensorflow_cc\.2\.dylib \S+\/libtensorflow_framework\.2\.dylib -Wl,-rpath,@loader_path$/m,
    stripped: false,
  },
])('set-up on $platform $arch asks pip and $compiler for the right things', async (expected) => {
  const { platform, arch, compiler, other, tag, line, stripped } = expected;
  const found = findPlatform({ platform, arch }) as NativePlatform;
  const sha256 = makeWheel(found);
  become(platform, arch);
  vi.spyOn(os, 'release').mockReturnValue('23.1.0');
  // The stand-in for a compiler makes no addon: the test of what was built has to fail, and does.
  await expect(provisionNative({ sha256 })).rejects.toMatchObject({
    code: 'SETUP_FAILED',
    message: expect.stringContaining('does not run'),
  });
  expect(log('pip.log')).toContain(`--python-version 3.11 --implementation cp --platform ${tag} --dest`);
  expect(log('pip.log').trim()).toMatch(/ tensorflow==2\.21\.0$/);
  expect(log(`${compiler}.log`)).toMatch(line);
  expect(log(`${compiler}.log`)).toMatch(/hush\.node/);
  expect([log(`${other}.log`), log('strip.log') !== '']).toEqual(['', stripped]);
});

test('where the checksum of a wheel is not known nothing is downloaded unless somebody names one', async () => {
  const found = findPlatform({ platform: 'linux', arch: 'arm64' }) as NativePlatform;
  makeWheel(found);
  become('linux', 'arm64');
  await expect(provisionNative()).rejects.toMatchObject({
    code: 'SETUP_FAILED',
    message: expect.stringContaining('tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl: cnnviz does not know'),
    hint: expect.stringContaining('cnnviz setup --sha256 HEX'),
  });
  expect(log('pip.log')).toBe('');
  await expect(provisionNative({ sha256: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'SETUP_FAILED',
    message: expect.stringContaining('wrong checksum, expected sha256 0000'),
  });
});

test("the wheel for NVIDIA's GPUs needs its checksum, and is verified against it", () => {
  const wheel = wheelFor(findPlatform({ platform: 'linux', arch: 'x64' }) as NativePlatform);
  const from = 'far/tensorflow-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl';
  expect(() => chooseChecksum(wheel, { from })).toThrow('cnnviz does not know the checksum of this wheel');
  expect(chooseChecksum(wheel, { from, sha256: 'AB'.repeat(32) })).toBe('ab'.repeat(32));
  expect(chooseChecksum(wheel, {})).toBe(wheel.sha256);
  expect(chooseChecksum(wheel, { from: 'renamed.whl' })).toBe(wheel.sha256);
});

test('a Mac without the command line tools of Xcode: the hint names them', async () => {
  for (const name of ['clang++', 'python3']) stub(name, 'exit 1');
  become('darwin', 'arm64');
  const missing = await findMissingTools();
  expect(missing.map(({ reason }) => reason)).toEqual([
    'clang++, which compiles the TensorFlow binding, was not found',
    expect.stringMatching(/^pip, which downloads TensorFlow, does not run/),
  ]);
  for (const { hint } of missing) expect(hint).toContain('xcode-select --install');
  expect(missing[1]?.hint).toContain('tensorflow-2.21.0-cp311-cp311-macosx_12_0_arm64.whl');
});
