import { expect, test } from 'vitest';
import { findPlatform, isTriedWheel, platformRefusal } from '../../../src/backend/native/platform.js';

const NEED = 'needs Linux (x64 or arm64) with glibc >= 2.27, or macOS 12 or newer on arm64';

test.each([
  ['linux', 'x64', '2.27', '6.1.0', undefined],
  ['linux', 'x64', '2.36', '6.1.0', undefined],
  ['linux', 'x64', '3.0', '6.1.0', undefined],
  ['linux', 'x64', '2.17', '6.1.0', `${NEED}, this system has glibc 2.17`],
  ['linux', 'x64', '2.9', '6.1.0', `${NEED}, this system has glibc 2.9`],
  ['linux', 'x64', undefined, '6.1.0', `${NEED}, this system has a different C library`],
  ['linux', 'arm64', '2.36', '6.1.0', undefined],
  ['linux', 'arm64', undefined, '6.1.0', `${NEED}, this system has a different C library`],
  ['linux', 'arm', '2.36', '6.1.0', `${NEED}, this is linux arm`],
  ['darwin', 'arm64', undefined, '21.6.0', undefined],
  ['darwin', 'arm64', undefined, '20.6.0', `${NEED}, this is an older macOS (Darwin 20.6.0)`],
  ['darwin', 'x64', undefined, '23.0.0', `${NEED}, this is darwin x64`],
  ['win32', 'x64', undefined, '10.0.22631', `${NEED}, this is win32 x64`],
])('%s %s with glibc %s, kernel %s: %s', (platform, arch, glibcVersion, release, refusal) => {
  expect(platformRefusal({ platform, arch, glibcVersion, release })).toBe(refusal);
});

test('only the wheel of Linux x64 counts as tried', () => {
  const sha256 = findPlatform({ platform: 'linux', arch: 'x64' })?.wheel.sha256 ?? '';
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect([isTriedWheel(sha256), isTriedWheel('0'.repeat(64))]).toEqual([true, false]);
});
