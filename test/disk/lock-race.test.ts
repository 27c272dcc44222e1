// Four processes of the built program try for a lock at the same instant.
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
let contenders: ChildProcess[];

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-lock-race-'));
  contenders = Array.from({ length: 4 }, () => fork(join(import.meta.dirname, 'lock-contender.mjs')));
  await Promise.all(contenders.map((child) => once(child, 'message')));
});

afterEach(async () => {
  for (const child of contenders) child.kill();
  await fs.rm(folder, { recursive: true });
});

async function contend(place: string): Promise<number> {
  const at = Date.now() + 3;
  const answers = contenders.map((child) => once(child, 'message'));
  for (const child of contenders) child.send({ path: place, at });
  const results = (await Promise.all(answers)).map(([answer]) => answer);
  expect(results.flatMap(({ error }) => error ?? [])).toEqual([]);
  return results.filter(({ got }) => got).length;
}

test('one of four processes gets a free lock, in each of 200 trials', { timeout: 240_000 }, async () => {
  const winners = [];
  for (let trial = 0; trial < 200; trial++) winners.push(await contend(join(folder, `lock-${trial}`)));
  expect(winners.filter((count) => count !== 1)).toEqual([]);
});

test('one of four processes gets what a dead process held, in each of 200 trials', { timeout: 240_000 }, async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const winners = [];
  for (let trial = 0; trial < 200; trial++) {
    const place = join(folder, `lock-${trial}`);
    await fs.writeFile(place, JSON.stringify({ pid, started: '1', host: hostname(), token: String(trial) }));
    winners.push(await contend(place));
  }
  expect(winners.filter((count) => count !== 1)).toEqual([]);
});
