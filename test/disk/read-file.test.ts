import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findInside, measureFile, parseJson, readBytes, readJson } from '../../src/disk/read-file.js';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const refuse = (reason: string) => new Error(reason);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-read-'));
  mkdirSync(at('run'));
  writeFileSync(at('run/own.json'), '{"a":[1]}');
  writeFileSync(at('secret'), '{}');
});

afterEach(() => rmSync(folder, { recursive: true }));

test.skipIf(process.platform === 'win32')('what is not a regular file is refused at once', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('/dev/zero', at('zero'));
  for (const read of [readBytes, measureFile]) {
    await expect(read(at('pipe'))).rejects.toMatchObject({ code: 'NOT_READABLE', message: /found a pipe/ });
    await expect(read(at('zero'))).rejects.toMatchObject({ code: 'NOT_READABLE', message: /found a device/ });
    await expect(read(at('run'))).rejects.toMatchObject({ code: 'NOT_READABLE', message: /found a folder/ });
    await expect(read(at('none'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});

test('a file that is too large is refused unread', async () => {
  truncateSync(at('secret'), 2 ** 40); // a hole: it takes no space
  await expect(readBytes(at('secret'), 1000)).rejects.toMatchObject({ code: 'NOT_READABLE', message: /at most 1000/ });
  await expect(readJson(at('secret'), refuse)).rejects.toMatchObject({ code: 'NOT_READABLE' });
  expect(await measureFile(at('secret'))).toBe(2 ** 40);
});

test('JSON is read; anything else, or what is nested too deep for V8, is refused', async () => {
  expect(await readJson(at('run/own.json'), refuse)).toEqual({ a: [1] });
  expect(parseJson(Buffer.from('["[[{{\\"[[",{}]'), refuse)).toEqual(['[[{{"[[', {}]);
  expect(() => parseJson(Buffer.from('{"a":'), refuse)).toThrow('not valid JSON');
  expect(() => parseJson(Buffer.alloc(50e6, '['), refuse)).toThrow('nested more than 100 levels deep');
  expect(() => parseJson(Buffer.from('{"a":'.repeat(101)), refuse)).toThrow('nested');
});

test('names stay in their folder, after links are resolved too', async () => {
  symlinkSync('../secret', at('run/link'));
  symlinkSync('own.json', at('run/inner'));
  symlinkSync('..', at('run/up'));
  expect(await findInside(at('run'), 'own.json')).toBe(at('run/own.json'));
  expect(await findInside(at('run'), './own.json')).toBe(at('run/own.json'));
  expect(await findInside(at('run'), 'inner')).toBe(at('run/inner'));
  for (const name of ['../secret', 'link', 'up/secret', '.', '..', '../run/../secret']) {
    expect(await findInside(at('run'), name)).toBeUndefined();
  }
  for (const name of ['none', at('secret'), 'own.json/x']) {
    await expect(findInside(at('run'), name)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  await expect(findInside(at('run'), 'a\0b')).rejects.toMatchObject({ code: 'NOT_READABLE' });
});
