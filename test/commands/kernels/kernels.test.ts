import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { kernels } from '../../../src/commands/kernels/index.js';
import { writeNewFolder } from '../../../src/disk/files.js';
import { encodeModel } from '../../../src/network/store.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  const flat = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [4] })] });
  await writeNewFolder(join(workspace.folder, 'flat'), encodeModel(flat));
});

afterAll(() => workspace.remove());

const at = (...names: string[]) => join(workspace.folder, ...names);

describe('kernels', () => {
  it("draws every convolution's kernels, the first layer's in color too, and lists them", async () => {
    const { files, layers } = await kernels({ model: at('runs/latest'), out: at('out'), npy: true });
    expect(files).toEqual([
      '01-conv2d_1-kernels.png',
      '01-conv2d_1-kernels-color.png',
      '01-conv2d_1-kernels.npy',
      '03-conv2d_2-kernels.png',
      '03-conv2d_2-kernels.npy',
      'manifest.json',
    ]);
    expect(readdirSync(at('out')).sort()).toEqual([...files].sort());
    expect(layers.map(({ name, shape }) => [name, shape])).toEqual([
      ['conv2d_1', [3, 3, 3, 4]],
      ['conv2d_2', [3, 3, 4, 4]],
    ]);
    expect(JSON.parse(readFileSync(at('out/manifest.json'), 'utf8'))).toMatchObject({
      format: 'cnnviz-kernels',
      model: { epoch: 3 },
      files,
    });
  });

  it('compares the kernels after the first layer with their start, which a run of known options and seed tells', async () => {
    const drawnBy = async (options: object) => {
      const folder = at('runs/first');
      const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
      const architecture = { imageSize: 12, filters: [4, 4], dense: 8, dropout: 0 };
      cpSync(folder, at('runs/changed'), { recursive: true });
      writeFileSync(
        at('runs/changed/run.json'),
        JSON.stringify({ ...record, seed: 1, options: { ...architecture, ...options } }),
      );
      const { layers } = await kernels({ model: at('runs/changed'), out: at('compared') });
      return layers.map(({ ranking }) => ranking && [ranking.by, ranking.kernels.length, ranking.largest > 0]);
    };
    // The network was never trained.
    expect(await drawnBy({})).toEqual([undefined, ['change', 16, false]]);
    expect(await drawnBy({ from: 'runs/other' })).toEqual([undefined, ['length', 16, true]]);
    expect(await drawnBy({ filters: [4, 65_536] })).toEqual([undefined, ['length', 16, true]]);
    expect(await drawnBy({ kernelInitializer: 'nothing' })).toEqual([undefined, ['length', 16, true]]);
  });

  it('replaces its own earlier results, and nothing else', async () => {
    await kernels({ model: at('runs/latest'), out: at('again'), npy: true });
    await kernels({ model: at('runs/latest'), out: at('again') });
    expect(readdirSync(at('again'))).toHaveLength(4);
    await expect(kernels({ model: at('runs/latest'), out: at('runs') })).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
    });
  });

  it.each([
    ['a model that is not there', { model: 'nowhere' }, 'NOT_FOUND'],
    ['a network without a convolution', { model: 'flat' }, 'BAD_MODEL'],
  ])('refuses %s', async (_, { model }, code) => {
    await expect(kernels({ model: at(model), out: at('none') })).rejects.toMatchObject({ code });
  });

  it('refuses a folder without a name', async () => {
    await expect(kernels({ out: '' })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });
});
