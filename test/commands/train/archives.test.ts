import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { check } from '../../../src/commands/check/index.js';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import { predict } from '../../../src/commands/predict/index.js';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { train } from '../../../src/commands/train/index.js';

let folder: string;
const at = (name: string) => join(folder, name);
const small = { backend: 'cpu', imageSize: 16, filters: [4], dense: 4, epochs: 1, seed: 3 } as const;

// The same images in folders and in three archives, dealt out in turn; one of them is damaged.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-tar-'));
  vi.stubEnv('CNNVIZ_HOME', at('home'));
  await sampleData({ dir: at('pets'), imageSize: 32, train: 9, validation: 2, test: 2 });
  writeFileSync(at('pets/train/cats/cat.3.png'), 'not a picture');
  const names = execFileSync('find', ['.', '-name', '*.png'], { cwd: at('pets'), encoding: 'utf8' })
    .trim()
    .split('\n');
  for (const number of [0, 1, 2]) {
    const own = names.filter((_, index) => index % 3 === number);
    execFileSync('tar', ['-cf', at(`pets-00${number}.tar`), ...own], { cwd: at('pets') });
  }
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('training from archives gives the weights of training from the same files in folders', async () => {
  const fromFolders = await train({ data: at('pets'), out: at('from-folders'), ...small });
  const fromArchives = await train({ data: at('pets-{000..002}.tar'), out: at('from-archives'), ...small });
  expect(fromArchives.record.counts).toEqual(fromFolders.record.counts);
  const weights = (run: string) => readFileSync(at(`${run}/epoch-0001/weights.bin`));
  expect(weights('from-archives')).toEqual(weights('from-folders'));
  await expect(
    train({ data: at('pets-{000..002}.tar'), out: at('strict'), ...small, onBadImage: 'fail' }),
  ).rejects.toThrow(/pets-00\d\.tar\/train\/cats\/cat\.3\.png: /);
  const again = await evaluate({ data: at('pets-{000..002}.tar'), model: at('from-folders'), backend: 'cpu' });
  const direct = await evaluate({ data: at('pets'), model: at('from-folders'), backend: 'cpu' });
  expect(again).toMatchObject({ accuracy: direct.accuracy, loss: direct.loss });
});

test('check finds in archives what it finds in folders', async () => {
  const inFolders = await check({ data: at('pets') });
  const inArchives = await check({ data: at('pets-*.tar'), out: at('sheets') });
  expect(inArchives).toMatchObject({ imageCount: inFolders.imageCount, readableCount: inFolders.readableCount });
  const codes = ({ findings }: typeof inFolders) => findings.map(({ code }) => code);
  expect(codes(inArchives)).toEqual(codes(inFolders));
});

test('images of an archive are predicted by their paths', async () => {
  const { predictions } = await predict({ images: [at('pets-000.tar')], model: at('from-folders'), backend: 'cpu' });
  const first = predictions[0]?.image as string;
  expect(first).toMatch(/pets-000\.tar\/.*\.png$/);
  const alone = await predict({ images: [first], model: at('from-folders'), backend: 'cpu' });
  expect(alone.predictions[0]?.className).toBe(predictions[0]?.className);
});
