import fs from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pointLatest } from '../../src/runs/latest.js';
import { checkRunFolder, claimRunFolder, releaseRunFolder } from '../../src/runs/run-folder.js';

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

test('a folder with something else in it is refused, and one with a run unless it may be replaced', async () => {
  await fs.mkdir(join(folder, 'photos'));
  await fs.writeFile(join(folder, 'photos/cat.jpg'), '');
  await expect(claimRunFolder('photos', NOW)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await expect(claimRunFolder('photos', NOW, { overwrite: true })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await fs.writeFile(join(folder, 'photos/run.json'), '');
  await expect(claimRunFolder('photos', NOW)).rejects.toMatchObject({
    code: 'NOT_WRITABLE',
    hint: expect.stringMatching(/--resume photos.*--overwrite/),
  });
  expect((await fs.readdir(join(folder, 'photos'))).sort()).toEqual(['cat.jpg', 'run.json']);
  expect(await claimRunFolder('photos', NOW, { overwrite: true })).toBe(join(folder, 'photos'));
});

test('the place where the last run is named is no folder for a run', async () => {
  await pointLatest(await claimRunFolder(undefined, NOW));
  await expect(claimRunFolder('runs/latest', NOW, { overwrite: true })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
});

test("what a killed training left that saved nothing is in nobody's way", async () => {
  await fs.mkdir(join(folder, 'out/epoch-0001'), { recursive: true });
  const lock = { pid: 4_194_305, started: '1', host: hostname() };
  await fs.writeFile(join(folder, 'out/lock'), JSON.stringify(lock));
  await checkRunFolder('out', false);
  expect(await fs.readdir(join(folder, 'out'))).toEqual(['epoch-0001', 'lock']);
  await claimRunFolder('out', NOW);
  expect(await fs.readdir(join(folder, 'out'))).toEqual(['lock']);
  expect(JSON.parse(await fs.readFile(join(folder, 'out/lock'), 'utf8'))).toMatchObject({ pid: process.pid });
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

test('a folder that cannot be made is reported', async () => {
  const refused = Object.assign(new Error('made by the test'), { code: 'EACCES' });
  vi.spyOn(fs, 'mkdir').mockRejectedValue(refused);
  await expect(claimRunFolder(undefined, NOW)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  await expect(claimRunFolder('out', NOW)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
});
