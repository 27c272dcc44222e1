import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { claimRunFolder, pointLatest, releaseRunFolder } from '../../src/model/run-folder.js';

const NOW = new Date(2026, 0, 2, 3, 4, 5);
let folder: string;

beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-runs-')));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(folder, { recursive: true });
});

test('runs of the same second get folders of their own', async () => {
  const claimed = await Promise.all([claimRunFolder(undefined, NOW), claimRunFolder(undefined, NOW)]);
  expect(claimed.sort()).toEqual([
    join(folder, 'runs/2026-01-02_03-04-05'),
    join(folder, 'runs/2026-01-02_03-04-05-2'),
  ]);
});

test('latest leads to the last run of runs/, and only of runs/', async () => {
  const run = await claimRunFolder(undefined, NOW);
  await pointLatest(run);
  expect(await fs.readlink(join(folder, 'runs/latest'))).toBe('2026-01-02_03-04-05');
  const named = await claimRunFolder('runs/mine', NOW);
  await pointLatest(named);
  expect(await fs.readlink(join(folder, 'runs/latest'))).toBe('mine');
  await pointLatest(await claimRunFolder('elsewhere', NOW));
  expect(await fs.readdir(folder)).toEqual(['elsewhere', 'runs']);
  expect(await fs.readlink(join(folder, 'runs/latest'))).toBe('mine');
});

test('a folder with something else in it is refused, one with a run is not', async () => {
  await fs.mkdir(join(folder, 'photos'));
  await fs.writeFile(join(folder, 'photos/cat.jpg'), '');
  await expect(claimRunFolder('photos', NOW)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await fs.writeFile(join(folder, 'photos/run.json'), '');
  expect(await claimRunFolder('photos', NOW)).toBe(join(folder, 'photos'));
});

test('a run that saved nothing leaves no folder, one that did keeps it', async () => {
  const run = await claimRunFolder(undefined, NOW);
  await fs.writeFile(join(run, 'run.json'), '');
  await releaseRunFolder(run);
  expect(await fs.readdir(run)).toEqual(['run.json']);
  await fs.rm(join(run, 'run.json'));
  await releaseRunFolder(run);
  expect(await fs.readdir(join(folder, 'runs'))).toEqual([]);
});

test('a folder that cannot be made is told', async () => {
  const refused = Object.assign(new Error('made by the test'), { code: 'EACCES' });
  vi.spyOn(fs, 'mkdir').mockRejectedValue(refused);
  await expect(claimRunFolder(undefined, NOW)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  await expect(claimRunFolder('out', NOW)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
});
