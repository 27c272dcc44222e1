// Files that share a process leave it as it was: what `vi` has replaced is put back, and what it cannot put back is an error.
import { readFileSync } from 'node:fs';
import { afterAll, expect, vi } from 'vitest';

const place = 'list the file in quickAlone or slowAlone of vitest.config.ts, or leave the process as it was';

/** What a file may change without `vi`, as it is now. */
function readProcess(): Record<string, string | undefined> {
  // What TensorFlow and libvips set as they are loaded: they stay loaded, too.
  const { TF_CPP_MIN_LOG_LEVEL: _, VIPSHOME: __, ...env } = process.env;
  return { ...env, 'the working folder': process.cwd() };
}

const { testPath = '' } = expect.getState();
if (/\bvi\.(mock|doMock)\(/.test(readFileSync(testPath, 'utf8'))) {
  throw new Error(`${testPath} replaces modules, and those of all files after it in this process; ${place}`);
}
const before = readProcess();

// Runs after those of the file.
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  const after = readProcess();
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => {
    return before[name] !== after[name];
  });
  if (changed.length > 0) throw new Error(`${testPath} has changed ${changed.join(', ')}; ${place}`);
});
