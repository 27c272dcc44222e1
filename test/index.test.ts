import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { captureActivations, encodePng, loadNetwork, renderActivations, sampleData, train } from '../src/index.js';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-library-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the library', () => {
  it('trains, loads, captures and renders without a word on the console', async () => {
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    const written = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    const data = join(folder, 'pets');
    await sampleData({ dir: data, train: 4, validation: 2, test: 1, imageSize: 32 });
    const tiny = { imageSize: 20, filters: [2, 3], dense: 4, epochs: 1, backend: 'cpu' } as const;
    const { path } = await train({ data, out: join(folder, 'run'), ...tiny });

    const cnn = await loadNetwork({ model: path, backend: 'cpu' });
    const input = await cnn.readInput(join(data, 'test/cats/cat.0.png'));
    const layers = await captureActivations(cnn.network, input, ['conv2d_1', 'conv2d_2']);
    for (const { name, raster } of renderActivations(layers, { colormap: 'magma' })) {
      await writeFile(join(folder, `${name}.png`), encodePng(raster));
    }
    cnn.dispose();

    expect(cnn.classNames).toEqual(['cats', 'dogs']);
    expect(layers.map(({ shape }) => shape)).toEqual([
      [1, 18, 18, 2],
      [1, 7, 7, 3],
    ]);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['conv2d_1.png', 'conv2d_2.png']));
    for (const write of written) expect(write).not.toHaveBeenCalled();
  });
});
