import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findModel } from '../../src/runs/find-model.js';
import { pointLatest } from '../../src/runs/latest.js';
import { makeRunState } from './run-fixture.js';

const WEIGHTS = { last: { folder: 'epoch-0001', epoch: 1, step: 2 } };
let folder: string;
const here = (...names: string[]) => join(folder, ...names);
const place = () => here('runs/latest');

beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-latest-')));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(folder, { recursive: true });
});

async function makeRun(name: string, startedAt = '2026-01-02T03:04:05.000Z', resumedAt?: string): Promise<string> {
  await fs.mkdir(here(name), { recursive: true });
  const resumptions = resumedAt === undefined ? [] : [{ at: resumedAt, step: 1, differences: [] }];
  await fs.writeFile(
    here(name, 'run.json'),
    JSON.stringify({ ...makeRunState({ startedAt, resumptions }), weights: WEIGHTS }),
  );
  return here(name);
}

/** The folder that is found, and what is said. */
async function find(path = 'runs/latest'): Promise<[folder: string | undefined, ...told: string[]]> {
  const told: string[] = [];
  const { run } = await findModel(path, undefined, (message) => told.push(message));
  return [run?.folder, ...told];
}

describe('pointing at the last run', () => {
  test('is a small text file, relative where the run is below the working folder', async () => {
    expect(await pointLatest(here('runs/one'))).toBeUndefined();
    expect(await fs.readFile(place(), 'utf8')).toBe('one\n');
    await pointLatest(here('elsewhere/two'));
    expect(await fs.readFile(place(), 'utf8')).toBe('../elsewhere/two\n');
    await pointLatest('/somewhere/else');
    expect(await fs.readFile(place(), 'utf8')).toBe('/somewhere/else\n');
    expect(await fs.readdir(here('runs'))).toEqual(['latest']);
    expect((await fs.lstat(place())).isFile()).toBe(true);
  });

  test('makes no link, so that what follows links (TensorBoard) sees no run twice', async () => {
    const link = vi.spyOn(fs, 'symlink');
    await makeRun('runs/one');
    await fs.symlink('one', place());
    link.mockClear();
    await pointLatest(here('runs/one'));
    expect(link).not.toHaveBeenCalled();
    const entries = await fs.readdir(here('runs'), { withFileTypes: true });
    expect(entries.filter((entry) => entry.isSymbolicLink())).toEqual([]);
    expect(await find()).toEqual([here('runs/one')]);
  });

  test('replaces a link where nothing can be renamed onto one', async () => {
    await makeRun('runs/one');
    await fs.symlink('one', place());
    vi.spyOn(fs, 'rename').mockRejectedValueOnce(Object.assign(new Error('as Windows does'), { code: 'EPERM' }));
    expect(await pointLatest(here('runs/two'))).toBeUndefined();
    expect(await fs.readFile(place(), 'utf8')).toBe('two\n');
    expect(await fs.readFile(here('runs/one/run.json'), 'utf8')).not.toBe('');
  });

  test('keeps a run in a folder of that name, under another one, and says so', async () => {
    await makeRun('runs/one');
    await makeRun('runs/latest');
    await fs.mkdir(here('runs/latest-1'));
    expect(await pointLatest(here('runs/one'))).toMatch(/latest was a folder; it was renamed to runs\/latest-2/);
    expect(await fs.readdir(here('runs/latest-2'))).toEqual(['run.json']);
    expect(await find()).toEqual([here('runs/one')]);
  });

  test.each(['EACCES', 'ENOSPC', 'EROFS', 'EIO'])('never fails: %s is reported', async (code) => {
    vi.spyOn(fs, 'writeFile').mockRejectedValue(Object.assign(new Error('made by the test'), { code }));
    expect(await pointLatest(here('runs/one'))).toMatch(/the run is saved, but/);
    vi.spyOn(fs, 'mkdir').mockRejectedValue(Object.assign(new Error('made by the test'), { code }));
    expect(await pointLatest(here('away/one'))).toMatch(/the run is saved, but/);
  });

  test('a file in the place of runs/ is reported', async () => {
    await fs.writeFile(here('runs'), '');
    expect(await pointLatest(here('one'))).toMatch(/the run is saved, but .*in the way/);
  });
});

describe('finding the last run', () => {
  test('by a text file, relative or absolute, edited on Windows or not', async () => {
    const one = await makeRun('runs/one');
    const two = await makeRun('elsewhere/two');
    for (const [content, expected] of [
      ['one\n', one],
      ['one', one],
      ['one\r\n', one],
      ['../elsewhere/two\n', two],
      [`${two}\n`, two],
    ] as const) {
      await fs.writeFile(place(), content);
      expect(await find()).toEqual([expected]);
      expect(await find(here('runs/latest'))).toEqual([expected]);
      expect(await find('runs/latest/run.json')).toEqual([expected]);
    }
  });

  test('by the link and by the folder of earlier versions', async () => {
    const one = await makeRun('runs/one');
    await fs.symlink('one', place());
    expect(await find()).toEqual([one]);
    expect(await find('runs/latest/run.json')).toEqual([one]);
    await fs.rm(place());
    expect(await find(await makeRun('runs/latest'))).toEqual([place()]);
    expect(await find('runs/latest/run.json')).toEqual([place()]);
  });

  test.each<[what: string, make: () => Promise<unknown>, reason: RegExp]>([
    ['nothing', async () => undefined, /latest does not exist/],
    ['a run that was renamed', () => fs.writeFile(place(), 'before\n'), /points to .*before, which does not exist/],
    ['a link to nothing', () => fs.symlink('before', place()), /points to .*before, which does not exist/],
    ['a run that is gone from elsewhere', () => fs.writeFile(place(), '/gone/run\n'), /points to \/gone\/run/],
    ['an empty file', () => fs.writeFile(place(), ''), /does not name a run/],
    ['two lines', () => fs.writeFile(place(), 'one\ntwo\n'), /does not name a run/],
    ['binary junk', () => fs.writeFile(place(), Buffer.from([0, 159, 0, 7])), /does not name a run/],
    ['something large', () => fs.writeFile(place(), 'x'.repeat(5000)), /does not name a run/],
    ['an empty folder', () => fs.mkdir(place()), /latest is a folder without a run/],
    ['a folder of something else', () => fs.writeFile(place(), '..\n'), /which has no run/],
  ])('%s: the newest run is used, with a warning', async (_, make, reason) => {
    await makeRun('runs/a-new', '2026-03-01T00:00:00.000Z');
    const resumed = await makeRun('runs/b-resumed', '2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z');
    await makeRun('runs/c-old', '2026-02-01T00:00:00.000Z');
    await fs.mkdir(here('runs/broken'));
    await fs.writeFile(here('runs/broken/run.json'), '{');
    await make();
    const [found, ...told] = await find();
    expect(found).toBe(resumed);
    expect(told).toEqual([expect.stringMatching(reason)]);
    expect(told[0]).toMatch(/newest run beside it, runs\/b-resumed \(also there: a-new, c-old\)/);
  });

  test('without any run it says what is there', async () => {
    await expect(find()).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringMatching(/not exist/) });
    await fs.mkdir(here('runs/notes'), { recursive: true });
    await fs.writeFile(place(), 'gone\n');
    await expect(find()).rejects.toMatchObject({ message: expect.stringMatching(/no saved run, only latest, notes/) });
  });

  test('a wrong name gets the names that are there', async () => {
    await makeRun('runs/mybest');
    await expect(find('runs/mybset')).rejects.toMatchObject({
      hint: 'Did you mean runs/mybest? Runs here: runs/mybest.',
    });
  });
});
