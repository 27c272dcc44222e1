import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  listFolder,
  makeFolder,
  replaceFile,
  writeFileAtomically,
  writeFilesTogether,
  writeNewFolder,
} from '../../src/disk/files.js';
import { readBytes } from '../../src/disk/read-file.js';
import { sweepLeftovers, sweepSiblings, temporaryName } from '../../src/disk/temporary-names.js';

/** No process has it: the kernel's highest is 2^22. */
const DEAD = 4_194_305;

let folder: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-files-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(folder, { recursive: true });
});

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made by the test`), { code });
}

test('a file is made, then replaced, and nothing else is left', async () => {
  const path = join(folder, 'run.json');
  await writeFileAtomically(path, 'old');
  await writeFileAtomically(path, new TextEncoder().encode('new'));
  expect((await readBytes(path)).toString()).toBe('new');
  expect(await fs.readdir(folder)).toEqual(['run.json']);
});

test.each([
  ['ENOSPC', 'DISK_FULL', /no space left/],
  ['EDQUOT', 'DISK_FULL', /no space left/],
  ['EACCES', 'NOT_WRITABLE', /no permission/],
  ['EROFS', 'NOT_WRITABLE', /read-only/],
  ['EIO', 'NOT_WRITABLE', /EIO/],
])('%s while writing is %s, and the old file stays', async (system, code, message) => {
  const path = join(folder, 'run.json');
  await writeFileAtomically(path, 'old');
  vi.spyOn(fs, 'writeFile').mockRejectedValueOnce(systemError(system));
  await expect(writeFileAtomically(path, 'new')).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
  expect((await readBytes(path)).toString()).toBe('old');
  expect(await fs.readdir(folder)).toEqual(['run.json']);
});

test('a failing rename leaves the old file and no temporary one', async () => {
  const path = join(folder, 'run.json');
  await writeFileAtomically(path, 'old');
  vi.spyOn(fs, 'rename').mockRejectedValueOnce(systemError('EACCES'));
  await expect(writeFileAtomically(path, 'new')).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  expect(await fs.readdir(folder)).toEqual(['run.json']);
  expect((await readBytes(path)).toString()).toBe('old');
});

test('a folder that cannot be written whole is removed', async () => {
  const path = join(folder, 'weights');
  vi.spyOn(fs, 'writeFile')
    .mockImplementationOnce(async () => undefined)
    .mockRejectedValueOnce(systemError('ENOSPC'));
  await expect(writeNewFolder(path, { a: '1', b: '2' })).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(await fs.readdir(folder)).toEqual([]);
});

test('a new folder holds its files', async () => {
  await writeNewFolder(join(folder, 'a/b'), { 'x.txt': 'one', 'y.bin': Uint8Array.of(1, 2) });
  expect(await fs.readFile(join(folder, 'a/b/x.txt'), 'utf8')).toBe('one');
  expect([...(await readBytes(join(folder, 'a/b/y.bin')))]).toEqual([1, 2]);
});

describe('files that belong together', () => {
  const old = { 'a.csv': 'old a', 'b.json': 'old b' };
  const next = { 'a.csv': 'new a', 'b.json': 'new b' };
  const read = async () =>
    Object.fromEntries(
      await Promise.all(
        (await fs.readdir(folder)).sort().map(async (name) => [name, await fs.readFile(join(folder, name), 'utf8')]),
      ),
    );

  test('are all replaced, after all were written', async () => {
    await writeFilesTogether(folder, old);
    await writeFilesTogether(folder, next, async () => {
      expect(Object.keys(await read())).toHaveLength(4);
      expect(await read()).toMatchObject(old);
    });
    expect(await read()).toEqual(next);
  });

  test('stay as they are where one of them cannot be written', async () => {
    await writeFilesTogether(folder, old);
    const write = fs.writeFile;
    let count = 0;
    vi.spyOn(fs, 'writeFile').mockImplementation(async (...parameters) => {
      if (++count === 2) throw systemError('ENOSPC');
      return write(...parameters);
    });
    await expect(writeFilesTogether(folder, next)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await read()).toEqual(old);
  });
});

test('a file in the way of a folder is named', async () => {
  await fs.writeFile(join(folder, 'runs'), '');
  await expect(makeFolder(join(folder, 'runs'))).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  await expect(makeFolder(join(folder, 'runs/one'))).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  await makeFolder(join(folder, 'free'));
  await expect(writeFileAtomically(join(folder, 'free'), 'x')).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
});

test('a folder that must not be written to is reported at once', async () => {
  vi.spyOn(fs, 'access').mockRejectedValueOnce(systemError('EACCES'));
  await expect(makeFolder(folder)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
});

test('a folder is listed, or it is said why not', async () => {
  await fs.writeFile(join(folder, 'x'), '');
  expect(await listFolder(folder)).toEqual(['x']);
  await expect(listFolder(join(folder, 'x'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  vi.spyOn(fs, 'readdir').mockRejectedValueOnce(systemError('EACCES'));
  await expect(listFolder(folder)).rejects.toMatchObject({ code: 'NOT_READABLE' });
});

test('only leftovers of dead processes are swept', async () => {
  const dead = '.run.json.tmp-999999999-0a1b2c3d'; // beyond the largest process id that Linux hands out
  const alive = `.run.json.tmp-${process.pid}-0a1b2c3d`;
  for (const name of [dead, alive, 'run.json', '.hidden']) await fs.writeFile(join(folder, name), '');
  await sweepLeftovers(folder);
  expect((await fs.readdir(folder)).sort()).toEqual(['.hidden', alive, 'run.json'].sort());
  await sweepLeftovers(join(folder, 'absent'));
});

test.each([
  ['ENOENT', 'NOT_FOUND'],
  ['EACCES', 'NOT_READABLE'],
  ['EISDIR', 'NOT_READABLE'],
  ['EIO', 'NOT_READABLE'],
])('%s while reading is %s', async (system, code) => {
  vi.spyOn(fs, 'open').mockRejectedValueOnce(systemError(system));
  await expect(readBytes(join(folder, 'x'))).rejects.toMatchObject({ code });
});

test('what is no system error passes through', async () => {
  vi.spyOn(fs, 'open').mockRejectedValueOnce(new TypeError('a bug'));
  await expect(readBytes(join(folder, 'x'))).rejects.toThrow(TypeError);
});

test('a read-only file system is called one, whatever is missing there', async () => {
  const makeNothing = vi.spyOn(fs, 'mkdir').mockRejectedValue(systemError('EROFS'));
  await expect(makeFolder(join(folder, 'a/b/c'))).rejects.toMatchObject({
    code: 'NOT_WRITABLE',
    message: expect.stringMatching(/read-only/),
  });
  // Asked for a folder below one that can have none, some file systems say that it is not there.
  makeNothing.mockRejectedValue(systemError('ENOENT'));
  vi.spyOn(fs, 'access').mockRejectedValue(systemError('EROFS'));
  await expect(makeFolder(join(folder, 'a'))).rejects.toMatchObject({ message: expect.stringMatching(/read-only/) });
});

test('folders are made with their parents by several at once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => makeFolder(join(folder, 'a/b/c', String(index % 3)))));
  expect((await fs.readdir(join(folder, 'a/b/c'))).sort()).toEqual(['0', '1', '2']);
});

describe('a name of 255 bytes', () => {
  const names = { ASCII: 'n'.repeat(255), Chinese: '猫'.repeat(85), emoji: `${'🐈'.repeat(63)}abc` };

  test.each(Object.entries(names))('in %s can be written, and has siblings that are found again', async (_, name) => {
    const path = join(folder, name);
    await writeFileAtomically(path, 'one');
    await writeFileAtomically(path, 'two');
    expect(await fs.readdir(folder)).toEqual([name]);
    for (const hidden of [temporaryName(path), temporaryName(path, 'new'), temporaryName(path, 'old')]) {
      expect(dirname(hidden)).toBe(folder);
      expect(Buffer.byteLength(basename(hidden))).toBeLessThanOrEqual(255);
      expect(basename(hidden)).not.toContain('\ufffd');
    }
    const left = temporaryName(path, 'new').replace(`-${process.pid}-`, `-${DEAD}-`);
    await makeFolder(left);
    await sweepSiblings(path);
    expect(await fs.readdir(folder)).toEqual([name]);
  });

  test('does not share its siblings with a name that begins alike', async () => {
    const [one, other] = ['1', '2'].map((end) => join(folder, `${'n'.repeat(254)}${end}`)) as [string, string];
    await makeFolder(temporaryName(one, 'new').replace(`-${process.pid}-`, `-${DEAD}-`));
    await sweepSiblings(other);
    expect(await fs.readdir(folder)).toHaveLength(1);
    await sweepSiblings(one);
    expect(await fs.readdir(folder)).toEqual([]);
  });
});

test('a file that is replaced takes along what killed writers of it left, and nothing else', async () => {
  const home = await fs.mkdtemp(join(tmpdir(), 'cnnviz-replace-'));
  const kept = [
    `.out.html.tmp-${process.pid}-0123abcd`, // a writer that lives
    `.other.html.tmp-${DEAD}-0123abcd`,
    `.out.html.tmp-${DEAD}-notours`,
  ];
  for (const name of [...kept, `.out.html.tmp-${DEAD}-0123abcd`, `.out.html.tmp-${DEAD}-4567cdef`]) {
    await fs.writeFile(join(home, name), 'half');
  }
  await replaceFile(join(home, 'out.html'), 'whole');
  expect((await fs.readdir(home)).sort()).toEqual([...kept, 'out.html'].sort());
  await fs.rm(home, { recursive: true });
});
