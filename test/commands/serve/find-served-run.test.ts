import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findServedRun } from '../../../src/commands/serve/find-served-run.js';
import { lockRun, unlockRun } from '../../../src/runs/run-lock.js';

let runs: string;
beforeEach(async () => {
  runs = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-served-')));
});
afterEach(() => fs.rm(runs, { recursive: true }));

/** A run whose first epoch is under way. */
async function begin(name: string): Promise<string> {
  const folder = join(runs, name);
  await fs.mkdir(folder);
  await lockRun(folder);
  return folder;
}

test('the latest run is the one that began last, whatever it is called', async () => {
  const first = await begin('zoo');
  await new Promise((done) => setTimeout(done, 20)); // file systems have coarse clocks
  const second = await begin('a');
  expect(await findServedRun(join(runs, 'latest'), () => undefined)).toBe(second);
  await unlockRun(second);
  expect(await findServedRun(join(runs, 'latest'), () => undefined)).toBe(first);
  await unlockRun(first);
});
