import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkResultsFolder, openResultsFolder } from '../../src/output/results-folder.js';

let parent = '';
let target = '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'cnnviz-results-'));
  target = join(parent, 'cat');
});

afterEach(() => {
  vi.restoreAllMocks();
  return fs.rm(parent, { recursive: true });
});

async function writeResult(files: Record<string, string>): Promise<void> {
  const folder = await openResultsFolder(target);
  for (const [name, content] of Object.entries(files)) await folder.write(name, content);
  await folder.write('manifest.json', JSON.stringify({ files: [...Object.keys(files), 'manifest.json'] }));
  await folder.commit();
}

function deadProcessId(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('openResultsFolder', () => {
  it('shows nothing in the place before the commit, and everything after it', async () => {
    const folder = await openResultsFolder(target);
    await folder.write('a.png', 'a');
    expect(existsSync(target)).toBe(false);
    await folder.commit();
    expect([readdirSync(target), readdirSync(parent)]).toEqual([['a.png'], ['cat']]);
  });

  it('replaces an earlier result whole', async () => {
    await writeResult({ 'a.png': 'old', 'b.png': 'old' });
    await writeResult({ 'a.png': 'new' });
    expect(readdirSync(target)).toEqual(['a.png', 'manifest.json']);
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('new');
    expect(readdirSync(parent)).toEqual(['cat']);
  });

  it('leaves nothing behind, and the earlier result alone, when discarded', async () => {
    await writeResult({ 'a.png': 'old' });
    const folder = await openResultsFolder(target);
    await folder.write('a.png', 'new');
    await folder.discard();
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('old');
    expect(readdirSync(parent)).toEqual(['cat']);
  });

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EACCES', 'NOT_WRITABLE'],
  ])('turns %s into %s with the path that the user knows', async (system, code) => {
    const folder = await openResultsFolder(target);
    vi.spyOn(fs, 'writeFile').mockRejectedValueOnce(Object.assign(new Error(system), { code: system }));
    await expect(folder.write('a.png', 'a')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(join(target, 'a.png')),
    });
  });

  it('sweeps what a killed process left, and nothing of a living one or of another folder', async () => {
    const dead = deadProcessId();
    const names = [`.cat.new-${dead}-0a1b2c3d`, `.cat.new-${process.ppid}-0a1b2c3d`, `.cat.1.new-${dead}-0a1b2c3d`];
    for (const name of names) mkdirSync(join(parent, name));
    const folder = await openResultsFolder(target);
    await folder.discard();
    expect(readdirSync(parent).sort()).toEqual([names[2], names[1]].sort());
  });

  it('puts an earlier result back that a kill between the two renames had set aside', async () => {
    const aside = join(parent, `.cat.old-${deadProcessId()}-0a1b2c3d`);
    mkdirSync(aside);
    writeFileSync(join(aside, 'a.png'), 'old');
    const folder = await openResultsFolder(target);
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('old');
    await folder.discard();
  });

  it('keeps the earlier result in place when the new one cannot take it', async () => {
    await writeResult({ 'a.png': 'old' });
    const folder = await openResultsFolder(target);
    const rename = fs.rename;
    vi.spyOn(fs, 'rename').mockImplementation(async (from, to) => {
      if (String(from).includes('.new-')) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      await rename(from, to);
    });
    await expect(folder.commit()).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('old');
  });
});

describe('checkResultsFolder', () => {
  it('accepts no folder, an empty one and an earlier result', async () => {
    const check = () => expect(checkResultsFolder(target)).resolves.toBeUndefined();
    await check();
    mkdirSync(target);
    await check();
    await writeResult({ 'a.png': 'a' });
    await check();
  });

  it("refuses a folder with somebody's own file, beside an earlier result as well", async () => {
    await writeResult({ 'a.png': 'a' });
    writeFileSync(join(target, 'notes.txt'), 'mine');
    await expect(checkResultsFolder(target)).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
      message: expect.stringContaining('notes.txt'),
    });
  });

  it('refuses pictures that no manifest claims', async () => {
    mkdirSync(target);
    writeFileSync(join(target, '01-conv2d_1.png'), 'mine');
    await expect(checkResultsFolder(target)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  });

  it('refuses a file in the place of the folder', async () => {
    writeFileSync(target, 'mine');
    await expect(checkResultsFolder(target)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  });
});
