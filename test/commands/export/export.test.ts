import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exportNetwork } from '../../../src/commands/export/index.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

afterAll(() => workspace.remove());

const at = (...names: string[]) => join(workspace.folder, ...names);

describe('exportNetwork', () => {
  it.each([
    ['keras', '', '"classNames":["cats","dogs"]'],
    ['h5', '', '"classNames":["cats","dogs"]'],
    ['onnx', '', '["cats","dogs"]'],
    ['tfjs', 'metadata.json', '"labels": [\n    "cats",\n    "dogs"\n  ]'],
    ['savedmodel', 'saved_model.pb', 'probabilities'],
  ] as const)('writes %s with class names and preprocessing, and nothing else', async (format, file, mark) => {
    mkdirSync(at(format));
    const result = await exportNetwork({ model: at('runs/latest'), format, out: at(format, `net.${format}`) });
    expect(result).toMatchObject({ path: at(format, `net.${format}`), format, classNames: ['cats', 'dogs'] });
    expect(result.preprocessing).toMatchObject({ height: 12, width: 12, interpolation: 'nearest' });
    expect(readdirSync(at(format))).toEqual([`net.${format}`]);
    expect(readFileSync(at(format, `net.${format}`, file)).toString('latin1')).toContain(mark);
    const files = readdirSync(at(format), { recursive: true }) as string[];
    const sizes = files.map((name) => statSync(at(format, name))).filter((status) => status.isFile());
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBe(result.bytes);
  });

  it('is named after the run that is meant, in the current folder', async () => {
    mkdirSync(at('here'));
    const cwd = vi.spyOn(process, 'cwd').mockReturnValue(at('here'));
    const { path } = await exportNetwork({ model: at('runs/latest'), format: 'h5' }).finally(() => cwd.mockRestore());
    expect(path).toBe(at('here/first.h5'));
  });

  it.each(['keras', 'h5', 'onnx', 'tfjs', 'savedmodel'] as const)('replaces an earlier export: %s', async (format) => {
    const once = { model: at('runs/latest'), format, out: at(`twice.${format}`) };
    const { bytes } = await exportNetwork(once);
    expect(await exportNetwork({ ...once, weights: 'last' })).toMatchObject({ bytes });
  });

  it("never replaces anybody's own file or folder", async () => {
    writeFileSync(at('own.keras'), 'mine');
    mkdirSync(at('folder.keras'));
    mkdirSync(at('folder.tfjs'));
    writeFileSync(at('folder.tfjs/notes.txt'), 'mine');
    for (const out of ['own.keras', 'folder.keras']) {
      const call = exportNetwork({ model: at('runs/latest'), format: 'keras', out: at(out) });
      await expect(call).rejects.toMatchObject({ code: 'NOT_WRITABLE', message: expect.stringContaining(out) });
    }
    const folder = exportNetwork({ model: at('runs/latest'), format: 'tfjs', out: at('folder.tfjs') });
    await expect(folder).rejects.toMatchObject({ code: 'NOT_WRITABLE', message: expect.stringContaining('notes.txt') });
    expect(readFileSync(at('own.keras'), 'utf8')).toBe('mine');
  });

  it('leaves nothing behind when it is stopped', async () => {
    mkdirSync(at('stopped'));
    const stop = new AbortController();
    const call = exportNetwork({
      ...{ model: at('runs/latest'), format: 'keras', out: at('stopped/net.keras'), signal: stop.signal },
      onEvent: ({ type }) => type === 'model' && stop.abort(),
    });
    await expect(call).rejects.toMatchObject({ code: 'ABORTED' });
    expect(readdirSync(at('stopped'))).toEqual([]);
  });

  it('refuses a model that is not there, and a format that nobody knows', async () => {
    await expect(exportNetwork({ model: at('nowhere'), format: 'h5' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const unnamed = exportNetwork({ model: at('runs/latest'), format: 'keras', out: at('net') });
    await expect(unnamed).rejects.toMatchObject({ code: 'BAD_ARGUMENT', message: expect.stringContaining('.keras') });
    const wrong = { model: at('runs/latest'), format: 'zip' } as unknown as Parameters<typeof exportNetwork>[0];
    await expect(exportNetwork(wrong)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });
});
