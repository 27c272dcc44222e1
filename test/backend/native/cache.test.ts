import { mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findInstallation, pointerFile } from '../../../src/backend/native/cache.js';
import { cnnvizHome } from '../../../src/disk/home-folder.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  [{ CNNVIZ_HOME: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
  [{ CNNVIZ_HOME: '', XDG_CACHE_HOME: '/b' }, '/b/cnnviz'],
  [{ XDG_CACHE_HOME: 'relative/is/ignored' }, join(homedir(), '.cache', 'cnnviz')],
  [{}, join(homedir(), '.cache', 'cnnviz')],
])('with %j the per-user folder is %s', (env, folder) => {
  expect(cnnvizHome(env)).toBe(folder);
});

test('the pointer file decides which installation counts', () => {
  const home = mkdtempSync(join(tmpdir(), 'cnnviz-cache-'));
  expect(findInstallation(home)).toBeUndefined();
  writeFileSync(pointerFile(home), '{"folder": "build-1"');
  expect(findInstallation(home)).toBeUndefined();
  writeFileSync(pointerFile(home), '{"folder": "build-1", "tensorflowVersion": "2.21.0"}');
  expect(findInstallation(home)).toEqual({ folder: join(home, 'build-1'), tensorflowVersion: '2.21.0' });
});

test.each(['', 'relative'])('HOME=%j is no home folder: the list of users has one', (home) => {
  vi.stubEnv('HOME', home);
  const folder = cnnvizHome({});
  expect(isAbsolute(folder)).toBe(true);
  expect(folder).toBe(join(userInfo().homedir, '.cache', 'cnnviz'));
});
