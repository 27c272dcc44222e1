import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type BenchmarkOptions,
  benchmarkExplanations,
  explain,
  type SharedEvent,
  sampleData,
  train,
} from '../../../src/index.js';

let folder = '';
let model = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-benchmark-'));
  await sampleData({
    dir: join(folder, 'drawn'),
    train: 6,
    validation: 2,
    test: 4,
    imageSize: 40,
    masks: true,
    twins: true,
  });
  await sampleData({ dir: join(folder, 'plain'), train: 6, validation: 2, test: 4, imageSize: 40 });
  const tiny = { imageSize: 24, filters: [3, 4], dense: 6, epochs: 1, backend: 'cpu' } as const;
  ({ path: model } = await train({ data: join(folder, 'plain'), out: join(folder, 'run'), ...tiny }));
});

afterAll(() => rmSync(folder, { recursive: true }));

const benchmark = (data: string, options: Partial<BenchmarkOptions> = {}) =>
  benchmarkExplanations({
    data: join(folder, data),
    model,
    backend: 'cpu',
    imageCount: 6,
    method: ['hirescam', 'saliency'],
    ...options,
  });

test('a benchmark stops where a timer or a signal asks it to', async () => {
  const controller = new AbortController();
  const onEvent = ({ type }: SharedEvent) => {
    if (type === 'note') setTimeout(() => controller.abort(), 0);
    expect(type).not.toBe('image-examined');
  };
  const stopped = benchmark('drawn', { signal: controller.signal, onEvent });
  await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
});

test('drawn images are measured by their masks, and the report lies in the run', async () => {
  const events: SharedEvent[] = [];
  const { out, files, report } = await benchmark('drawn', { onEvent: (event) => events.push(event) });
  expect(events.filter(({ type }) => type === 'left-out')).toEqual([]);
  expect(out).toBe(join(model, 'explanation-benchmark'));
  expect(files).toEqual(['benchmark.json', 'benchmark.csv', 'benchmark.png', 'manifest.json']);
  expect(JSON.parse(readFileSync(join(out, 'benchmark.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(report)));
  expect(report).toMatchObject({ imageCount: 6, decides: 'head', twins: { count: 6 } });
  expect(report.headShare).toBeGreaterThan(0.05);
  expect(report.headShare).toBeLessThan(0.4);
  expect(report.methods.map(({ method, layer }) => `${method} ${layer}`)).toEqual([
    'hirescam max_pooling2d_1',
    'hirescam max_pooling2d_2',
    'saliency input',
  ]);
  expect(report.controls.map(({ control, layer = '' }) => `${control} ${layer}`.trim())).toEqual([
    'random max_pooling2d_1',
    'random max_pooling2d_2',
    'random input',
    'gaussian',
    'edges',
  ]);
  // A map without knowledge has the head's share of its evidence there.
  const random = report.controls.find(({ layer }) => layer === 'input')?.metrics.head?.mean;
  expect(random).toBeCloseTo(report.headShare as number, 1);
  for (const { metrics, redrawn, verdict, difference } of report.methods) {
    for (const name of ['head', 'pointing', 'twinDifference'] as const) {
      expect(metrics[name]?.mean).toBeGreaterThanOrEqual(0);
      expect(metrics[name]?.mean).toBeLessThanOrEqual(1);
    }
    for (const { signed, sizes } of Object.values(redrawn))
      expect(Math.max(Math.abs(signed), Math.abs(sizes))).toBeLessThanOrEqual(1 + 1e-9);
    expect(verdict === 'atChance').toBe(difference.low <= 0);
  }
  expect(events).toContainEqual({
    type: 'note',
    message: expect.stringMatching(/^6 images, 3 maps each: about \d+ s of CPU time$/),
  });
});

test('other images are measured by insertion and deletion; a seed decides all but time', async () => {
  const out = join(folder, 'elsewhere');
  const measure = async () => {
    const { report } = await benchmark('plain', { out, seed: 3 });
    return { ...report, methods: report.methods.map(({ cpuMilliseconds: _, ...method }) => method) };
  };
  const report = await measure();
  expect(report).toMatchObject({ decides: 'curves' });
  expect([report.headShare, report.twins, report.methods[0]?.metrics.head]).toEqual([undefined, undefined, undefined]);
  for (const { metrics, meanMap } of report.methods) {
    expect(meanMap.mean).not.toBe(((metrics.blur?.mean ?? 0) + (metrics.mean?.mean ?? 0)) / 2);
  }
  const { chosen: _, verdict: __, ...again } = await measure();
  const { chosen: ___, verdict: ____, ...first } = report;
  expect(again).toEqual(first);
});

test('weights other than the usual ones have a benchmark of their own', async () => {
  const run = join(folder, 'epochs');
  const tiny = { imageSize: 24, filters: [3, 4], dense: 6, epochs: 2, backend: 'cpu' } as const;
  await train({ data: join(folder, 'plain'), out: run, defaultWeights: 'last', ...tiny });
  const measure = (path: string) => benchmark('plain', { model: path, imageCount: 5, method: 'saliency' });
  const own = join(run, 'explanation-benchmark');
  const first = await measure(`${run}@1`);
  expect(first.out).toBe(`${own}-epoch-0001`);
  for (const path of [run, `${run}@2`]) expect((await measure(path)).out).toBe(own);
  const events: SharedEvent[] = [];
  const images = [join(folder, 'plain/test/cats/cat.0.png')];
  const onEvent = (event: SharedEvent) => events.push(event);
  await explain({ images, model: `${run}@1`, method: 'auto', backend: 'cpu', out: join(folder, 'out'), onEvent });
  expect(events).toContainEqual({
    type: 'note',
    message: expect.stringMatching(/benchmark of this network|this network's benchmark/),
  });
});

test('too few images, and a folder with masks for some, are refused', async () => {
  await expect(benchmark('plain', { imageCount: 4 })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  rmSync(join(folder, 'drawn/masks/head/test/cats/cat.1.png'));
  await expect(benchmark('drawn', { imageCount: 8 })).rejects.toThrow(
    /cat\.1\.png: has no masks, as other images of the folder have/,
  );
});
