import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandImageArguments, nameResults } from '../../../src/commands/shared/image-arguments.js';
import type { WorkflowEvent } from '../../../src/events.js';

describe('expandImageArguments', () => {
  let root = '';

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'cnnviz-arguments-'));
    for (const folder of ['pets/cats', 'pets/dogs', 'none']) mkdirSync(join(root, folder), { recursive: true });
    for (const file of ['pets/cats/b.jpg', 'pets/cats/a.png', 'pets/dogs/c.webp', 'pets/notes.txt', 'none/x.txt']) {
      writeFileSync(join(root, file), '');
    }
  });

  afterAll(() => rmSync(root, { recursive: true }));

  it('takes files as they are given, and every image in and below a folder', async () => {
    const file = join(root, 'pets/cats/a.png');
    const images = await expandImageArguments([file, join(root, 'pets')]);
    expect(images).toEqual([
      file,
      ...['cats/a.png', 'cats/b.jpg', 'dogs/c.webp'].map((name) => join(root, 'pets', name)),
    ]);
  });

  it('reports what a folder holds besides, by reason', async () => {
    const events: WorkflowEvent[] = [];
    await expandImageArguments([join(root, 'pets')], { onEvent: (event) => events.push(event) });
    expect(events.filter(({ type }) => type !== 'stage')).toEqual([
      {
        type: 'left-out',
        root: join(root, 'pets'),
        reason: 'no-image',
        count: 1,
        examples: [join(root, 'pets/notes.txt')],
      },
    ]);
  });

  it('refuses a single file at once that is not there, or no image', async () => {
    const missing = expandImageArguments(['missing.jpg']);
    await expect(missing).rejects.toMatchObject({ code: 'BAD_IMAGE', message: expect.stringMatching(/not exist/) });
    const text = join(root, 'text.jpg');
    writeFileSync(text, 'no picture at all');
    await expect(expandImageArguments([text])).rejects.toMatchObject({ code: 'BAD_IMAGE' });
    expect(await expandImageArguments([text, text])).toEqual([text, text]);
  });

  it('refuses a folder without images', async () => {
    await expect(expandImageArguments([join(root, 'none')])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('nameResults', () => {
  it('names results after the files, each name once whatever the case', () => {
    expect(nameResults(['a/cat.1.jpg', 'b/cat.1.png', 'Dog.jpg', 'dog.png', 'dog-2.jpg'])).toEqual([
      'cat.1',
      'cat.1-2',
      'Dog',
      'dog-2',
      'dog-2-2',
    ]);
  });

  it('keeps numbered names within 255 bytes, and apart', () => {
    const long = 'n'.repeat(255); // a file without an extension
    const names = nameResults([`a/${long}`, `b/${long}`, `c/${long}`]);
    expect(new Set(names).size).toBe(3);
    expect(names.every((name) => Buffer.byteLength(name) <= 255)).toBe(true);
  });
});
