import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evaluate, mergeChannels, predict, readChannelReport, report, summary, train } from '../src/index.js';
import { readRun } from '../src/runs/run.js';

// What earlier commits wrote to disk: fixtures/scripts/saved-formats.mjs made it once and for all.
const saved = fileURLToPath(new URL('fixtures/saved', import.meta.url));
let folder: string;
const at = (...names: string[]) => join(folder, ...names);

beforeEach(() => {
  folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'cnnviz-saved-'))), 'saved');
  cpSync(saved, folder, { recursive: true });
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function edit(name: string, change: (json: Record<string, unknown>) => void): void {
  const json = JSON.parse(readFileSync(at(name), 'utf8')) as Record<string, unknown>;
  change(json);
  writeFileSync(at(name), JSON.stringify(json));
}

test('a run of the first format is described, predicts and is evaluated', async () => {
  const model = at('finished-run');
  expect(await summary({ model })).toMatchObject({ parameterCount: 159 });
  const { predictions } = await predict({ model, images: [at('images/validation')], backend: 'cpu' });
  expect(predictions.map(({ className }) => className)).toHaveLength(4);
  const { accuracy } = await evaluate({ model, data: at('images'), split: 'validation', backend: 'cpu' });
  expect(accuracy).toBe(1); // as its history has it
});

test('the folder of one epoch is a model by itself', async () => {
  const { model, predictions } = await predict({
    model: at('checkpoint'),
    images: [at('images/train/rows/1.png')],
    backend: 'cpu',
  });
  expect(model.path).toBe(at('checkpoint/model.json'));
  expect(predictions[0]?.className).toBe('class 1');
});

test('a run of the first format that was interrupted goes on to its end', async () => {
  const before = await readRun(at('interrupted-run'));
  const { record } = await train({ resume: at('interrupted-run'), data: at('images'), backend: 'cpu' });
  expect(record).toMatchObject({ status: 'finished', weights: { last: { epoch: 4, step: 16 } } });
  expect(record.history.loss?.slice(0, 2)).toEqual(before.history.loss);
  expect(record.resumptions).toHaveLength(1);
});

test('a finished run of the first format goes on beyond its end, and another starts from its weights', async () => {
  const { record } = await train({ resume: at('finished-run'), data: at('images'), epochs: 3, backend: 'cpu' });
  expect(record.history.loss).toHaveLength(3);
  const started = await train({
    from: at('finished-run'),
    data: at('images'),
    epochs: 1,
    out: at('new'),
    backend: 'cpu',
  });
  expect(started.record.status).toBe('finished');
  const repeated = await train({ config: at('interrupted-run'), data: at('images'), epochs: 1, out: at('again') });
  expect(repeated.record.options).toMatchObject({ dropout: 0.25, dense: 3 });
});

test('shards and a channel report of the first format are read, and the shards make the report', async () => {
  const before = await readChannelReport(at('channels/channels.json'));
  await mergeChannels({ shards: [1, 2].map((index) => at(`shards/${index}-of-2.gz`)), out: at('merged') });
  const merged = await readChannelReport(at('merged/channels.json'));
  expect(
    merged.layers.map(({ channels }) => channels.map(({ state, classes }) => [state, classes.map(({ auc }) => auc)])),
  ).toEqual(
    before.layers.map(({ channels }) => channels.map(({ state, classes }) => [state, classes.map(({ auc }) => auc)])),
  );
  expect(merged.data.imageCount).toBe(8);
});

test('a report takes the channel report of its network', async () => {
  const { path } = await report({
    model: at('finished-run'),
    images: [at('images/train/rows/1.png')],
    channelReport: at('channels'),
    out: at('page.html'),
    backend: 'cpu',
  });
  expect(readFileSync(path, 'utf8')).toContain('8 images');
});

test('a later version of any format asks for an update of cnnviz', async () => {
  const formatVersion = 1000;
  const change = (json: Record<string, unknown>) => Object.assign(json, { formatVersion });
  edit('finished-run/run.json', change);
  await expect(summary({ model: at('finished-run') })).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringContaining('update cnnviz'),
  });
  edit('interrupted-run/epoch-0002/checkpoint.json', change);
  edit('interrupted-run/epoch-0002-2/checkpoint.json', change);
  await expect(train({ resume: at('interrupted-run'), data: at('images') })).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringContaining('update cnnviz'),
  });
  edit('channels/channels.json', change);
  await expect(readChannelReport(at('channels/channels.json'))).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining('update cnnviz'),
  });
  const shard = at('shards/1-of-2.gz');
  const json = JSON.parse(gunzipSync(readFileSync(shard)).toString());
  writeFileSync(shard, gzipSync(JSON.stringify({ ...json, formatVersion })));
  await expect(mergeChannels({ shards: [shard], out: at('merged') })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining('update cnnviz'),
  });
});
