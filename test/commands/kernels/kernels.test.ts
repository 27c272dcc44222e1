import { readdirSync, readFileSync } from 'node:fs';
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
