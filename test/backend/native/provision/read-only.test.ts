import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { INSTALLED, nativeHome, pointerFile } from '../../../../src/backend/native/cache.js';
import { findPlatform } from '../../../../src/backend/native/platform.js';
import type { SetupEvent } from '../../../../src/backend/native/provision/events.js';
import { provisionNative } from '../../../../src/backend/native/provision/provision.js';

// Whoever runs the tests as root can write everywhere.
vi.mock('../../../../src/backend/native/provision/lock.js', () => ({
  lockSetup: () => Promise.reject(Object.assign(new Error('EROFS'), { code: 'EROFS' })),
}));

const folder = mkdtempSync(join(tmpdir(), 'cnnviz-read-only-'));

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('a read-only installation without the addon for several machines stays as it is', async () => {
  vi.stubEnv('CNNVIZ_HOME', folder);
  const libraries = Object.values(findPlatform(process)?.libraries ?? {});
  for (const name of [...libraries, ...Object.values(INSTALLED)]) {
    const path = join(nativeHome(), 'build-0-0-a', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
  }
  writeFileSync(pointerFile(nativeHome()), '{"folder": "build-0-0-a"}');
  const events: SetupEvent[] = [];
  const { changed } = await provisionNative({ onEvent: (event) => events.push(event) });
  expect(changed).toBe(false);
  const reason = `${nativeHome()}: the file system is read-only`;
  expect(events).toEqual([{ type: 'setup-without-cluster', reason }]);
});
