import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkResultsFolder, writeResultsFolder } from '../../src/output/results-folder.js';

let parent = '';
let target = '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'cnnviz-results-'));
  target = join(parent, 'cat');
});

afterEach(() => fs.rm(parent, { recursive: true }));

async function writeResult(files: Record<string, string>): Promise<void> {
  await writeResultsFolder(target, async (folder) => {
    for (const [name, content] of Object.entries(files)) await folder.write(name, content);
    return { files: Object.keys(files) };
  });
}

describe('writeResultsFolder', () => {
  it('lists every file in the manifest, the manifest too, and reports what it wrote', async () => {
    const manifest = await writeResultsFolder(target, async (folder) => {
      await folder.write('a.png', 'a');
      return { format: 'x', files: ['a.png'], count: 1 };
    });
    expect(manifest).toEqual({ format: 'x', files: ['a.png', 'manifest.json'], count: 1 });
    expect(JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'))).toEqual(manifest);
    expect(readdirSync(target)).toEqual(['a.png', 'manifest.json']);
  });

  it('waits for files that nobody waited for, and for those still in the making', async () => {
    await writeResultsFolder(target, async (folder) => {
      const content = new Promise<Uint8Array>((resolve) => setImmediate(() => resolve(Buffer.from('late'))));
      void folder.write('a.png', content);
      return { files: ['a.png'] };
    });
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('late');
  });

  it('fails with the first file that nobody waited for, when the others have ended', async () => {
    let isEnded = false;
    const failure = writeResultsFolder(target, async (folder) => {
      void folder.write('a.png', Promise.reject(new Error('no memory')));
      const late = new Promise<Uint8Array>((resolve) => setTimeout(() => resolve(Buffer.from('late')), 50));
      void folder.write('b.png', late).then(() => {
        isEnded = true;
      });
      return { files: ['a.png', 'b.png'] };
    });
    await expect(failure).rejects.toThrow('no memory');
    expect(isEnded).toBe(true);
    expect(readdirSync(parent)).toEqual([]);
  });

  it('leaves nothing behind, and the earlier result alone, where a file cannot be made', async () => {
    await writeResult({ 'a.png': 'old' });
    const failure = writeResultsFolder(target, async (folder) => {
      await folder.write('a.png', 'new');
      throw new Error('no picture');
    });
    await expect(failure).rejects.toThrow('no picture');
    expect(readFileSync(join(target, 'a.png'), 'utf8')).toBe('old');
    expect(readdirSync(parent)).toEqual(['cat']);
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
