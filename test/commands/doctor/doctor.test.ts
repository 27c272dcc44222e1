import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { doctor } from '../../../src/commands/doctor/index.js';

const empty = mkdtempSync(join(tmpdir(), 'cnnviz-doctor-'));

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(empty, { recursive: true, force: true });
});

test('without set-up and without tools, the doctor says why native is refused and what is missing', async () => {
  vi.stubEnv('CNNVIZ_HOME', empty);
  vi.stubEnv('PATH', empty);
  vi.stubEnv('CNNVIZ_WASM_THREADS', '2');
  const report = await doctor();
  expect(report).toMatchObject({ home: empty, selected: 'wasm', nodeVersion: process.versions.node });
  expect(report).not.toHaveProperty('installation');
  const reason = expect.stringContaining('native TensorFlow');
  expect(report.backends).toEqual([
    expect.objectContaining({ name: 'native', available: false, reason }),
    { name: 'wasm', available: true, version: '4.22.0', threads: 2 },
    { name: 'cpu', available: true, version: '4.22.0', threads: 1 },
  ]);
  expect(report.missing.map(({ hint }) => /Debian package ([\w+-]+)/.exec(hint)?.[1])).toEqual(['g++', 'python3-pip']);
});
