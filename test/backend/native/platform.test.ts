import { expect, test } from 'vitest';
import { platformRefusal } from '../../../src/backend/native/platform.js';

const NEED = 'needs Linux x64 with glibc >= 2.27';

test.each([
  ['linux', 'x64', '2.27', undefined],
  ['linux', 'x64', '2.36', undefined],
  ['linux', 'x64', '3.0', undefined],
  ['linux', 'x64', '2.17', `${NEED}, this system has glibc 2.17`],
  ['linux', 'x64', '2.9', `${NEED}, this system has glibc 2.9`],
  ['linux', 'x64', undefined, `${NEED}, this system has a different C library`],
  ['linux', 'arm64', '2.36', `${NEED}, this is linux arm64`],
  ['darwin', 'arm64', undefined, `${NEED}, this is darwin arm64`],
  ['win32', 'x64', undefined, `${NEED}, this is win32 x64`],
])('%s %s with glibc %s: %s', (platform, arch, glibcVersion, refusal) => {
  expect(platformRefusal({ platform, arch, glibcVersion })).toBe(refusal);
});
