import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder } from '../../src/disk/files.js';
import { stampProcess } from '../../src/disk/process-stamp.js';
import { stageFolder } from '../../src/disk/staged-folder.js';

let parent = '';
let target = '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'cnnviz-staged-'));
  target = join(parent, 'cat');
});

afterEach(() => {
  vi.restoreAllMocks();
  return fs.rm(parent, { recursive: true });
});

async function writeFolder(files: Record<string, string>): Promise<void> {
  const folder = await stageFolder(target, { replaces: true });
  for (const [name, content] of Object.entries(files)) await folder.write(name, content);
  await folder.commit();
}

function deadProcessId(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('stageFolder', () => {
  it('shows nothing in the place before the commit, and everything after it', async () => {
    const folder = await stageFolder(target, { replaces: true });
    await folder.write('a.png', 'a');
    expect(existsSync(target)).toBe(false);
    await folder.commit();
    expect([readdirSync(target), readdirSync(parent)]).toEqual([['a.png'], ['cat']]);
  });

  it('replaces what was there whole', async () => {
    await writeFolder({ 'a.png': 'old', 'b.png': 'old' });
    await writeFolder({ 'a.png': 'new' });
    expect(readdirSync(target)).toEqual(['a.png']);
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('new');
    expect(readdirSync(parent)).toEqual(['cat']);
  });

  it('leaves nothing behind, and what was there alone, when discarded', async () => {
    await writeFolder({ 'a.png': 'old' });
    const folder = await stageFolder(target, { replaces: true });
    await folder.write('a.png', 'new');
    await folder.discard();
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('old');
    expect(readdirSync(parent)).toEqual(['cat']);
  });

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EACCES', 'NOT_WRITABLE'],
  ])('turns %s into %s with the path that the user knows', async (system, code) => {
    const folder = await stageFolder(target, { replaces: true });
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
    const folder = await stageFolder(target, { replaces: true });
    await folder.discard();
    expect(readdirSync(parent).sort()).toEqual([names[2], names[1]].sort());
  });

  it('puts a folder back that a kill between the two renames had set aside', async () => {
    const aside = join(parent, `.cat.old-${deadProcessId()}-0a1b2c3d`);
    mkdirSync(aside);
    writeFileSync(join(aside, 'a.png'), 'old');
    const folder = await stageFolder(target, { replaces: true });
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('old');
    await folder.discard();
  });

  it('keeps what was there in place when the new one cannot take it', async () => {
    await writeFolder({ 'a.png': 'old' });
    const folder = await stageFolder(target, { replaces: true });
    const rename = fs.rename;
    vi.spyOn(fs, 'rename').mockImplementation(async (from, to) => {
      if (String(from).includes('.new-')) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      await rename(from, to);
    });
    await expect(folder.commit()).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('old');
  });

  it('sweeps what a dead process left whose id another process has by now', async () => {
    const { pid, started } = stampProcess(process.ppid) as { pid: number; started: string };
    const names = [`.cat.new-${pid}-${started}-0a1b2c3d`, `.cat.new-${pid}-${started}1-0a1b2c3d`];
    for (const name of names) mkdirSync(join(parent, name));
    await (await stageFolder(target, { replaces: true })).discard();
    expect(readdirSync(parent)).toEqual([names[0]]);
  });

  it('takes the place of an empty folder, but of nothing else unless it may replace', async () => {
    mkdirSync(target);
    const first = await stageFolder(target, { replaces: false });
    await first.write('a.png', 'first');
    await first.commit();
    const second = await stageFolder(target, { replaces: false });
    await second.write('a.png', 'second');
    await expect(second.commit()).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
    await second.discard();
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('first');
    expect(readdirSync(parent)).toEqual(['cat']);
  });

  it('lets two that write the same place at once work side by side', async () => {
    const [one, other] = [await stageFolder(target, { replaces: true }), await stageFolder(target, { replaces: true })];
    await Promise.all([one.write('a.png', 'one'), other.write('a.png', 'other')]);
    await makeFolder(join(one.path, 'below'));
    await one.commit();
    await other.commit();
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('other');
    expect(readdirSync(parent)).toEqual(['cat']);
  });
});
