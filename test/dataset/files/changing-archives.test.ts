import { chmodSync, linkSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { readImageBytes } from '../../../src/dataset/decode/image-bytes.js';
import { ImageSource } from '../../../src/dataset/stream/image-source.js';
import { pets, useArchives } from './archive-workspace.js';
import { writeTar } from './make-tar.js';

const { at, scan, list } = useArchives();

test('an archive of the same size and time that was moved into the place of another is another one', async () => {
  const files = async () => (await list('pets.tar')).map(([path]) => path);
  await writeTar(at('pets.tar'), pets);
  const time = new Date(2_000_000_000);
  utimesSync(at('pets.tar'), time, time);
  expect(await files()).toContain('pets.tar/dogs/c.jpg');
  await writeTar(at('other.tar'), [...pets.slice(0, 3), ['dogs/d.jpg', 'dog d']]);
  utimesSync(at('other.tar'), time, time);
  expect(statSync(at('other.tar')).size).toBe(statSync(at('pets.tar')).size);
  renameSync(at('other.tar'), at('pets.tar'));
  expect(() => readImageBytes(at('pets.tar/cats/a.jpg'))).toThrow('its archive has changed since it was listed');
  expect(await files()).toContain('pets.tar/dogs/d.jpg');
  // Nor does another process take the index that was kept of the first one.
  vi.resetModules();
  const { scanImageFolder: scanAgain } = await import('../../../src/dataset/folder/scan.js');
  await writeTar(at('third.tar'), [...pets.slice(0, 3), ['dogs/e.jpg', 'dog e']]);
  utimesSync(at('third.tar'), time, time);
  renameSync(at('third.tar'), at('pets.tar'));
  const { splits } = await scanAgain(at('pets.tar'), { validationSplit: 0 });
  expect(splits.train?.map(({ path }) => path)).toContain(at('pets.tar/dogs/e.jpg'));
});

test.each(['changed', 'gone'])(
  'an archive that is %s ends what reads its images: they are not bad ones',
  async (what) => {
    await writeTar(at('pets.tar'), pets);
    const { splits } = await scan('pets.tar');
    if (what === 'gone') rmSync(at('pets.tar'));
    else await writeTar(at('pets.tar'), pets.slice(1));
    const preprocessing = { width: 2, height: 2, interpolation: 'nearest', autoOrient: false, rescale: 1 } as const;
    const source = new ImageSource(splits.train ?? [], { preprocessing, onBadImage: 'skip' });
    await expect(source.load(0)).rejects.toMatchObject({
      code: 'BAD_DATASET',
      message: `${at('pets.tar/cats/a.jpg')}: its archive has changed since it was listed`,
    });
  },
);

test('an archive that gets other permissions or a second name is the same', async () => {
  await writeTar(at('pets.tar'), pets);
  await list('pets.tar');
  chmodSync(at('pets.tar'), 0o400);
  linkSync(at('pets.tar'), at('kept.tar'));
  expect(Buffer.from(readImageBytes(at('pets.tar/cats/a.jpg'))).toString()).toBe('cat a');
});

test('a folder of archives that are unpacked into it is a folder again', async () => {
  mkdirSync(at('shards'));
  await writeTar(at('shards/pets.tar'), pets);
  expect(await list('shards')).toHaveLength(3);
  for (const name of ['cats', 'dogs']) {
    mkdirSync(at(`shards/${name}`));
    writeFileSync(at(`shards/${name}/new.png`), 'new');
  }
  expect(await list('shards')).toEqual([
    ['shards/cats/new.png', 'cats'],
    ['shards/dogs/new.png', 'dogs'],
  ]);
});

test.each(['pets.TAR', 'pets.tar*'])('an archive whose name ends otherwise is refused: %s', async (name) => {
  await writeTar(at(name.replace('*', '.1')), pets);
  await expect(scan(name)).rejects.toMatchObject({
    code: 'BAD_DATASET',
    message: expect.stringContaining('expected an archive whose name ends in .tar'),
  });
});
