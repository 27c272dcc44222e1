import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  activations,
  channels,
  evaluate,
  explain,
  kernels,
  mergeChannels,
  neighbors,
  predict,
  readChannelReport,
  report,
  summary,
  train,
  type WorkflowEvent,
} from '../src/index.js';

// Files that people send each other: a wrong one ends in one error that names file and field, and soon.
const saved = fileURLToPath(new URL('fixtures/saved', import.meta.url));
let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const image = () => at('images/train/rows/1.png');
const model = () => at('finished-run');
const show = () => predict({ model: model(), images: [image()], backend: 'cpu' });

beforeEach(() => {
  folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'cnnviz-doors-'))), 'saved');
  cpSync(saved, folder, { recursive: true });
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

/** Sets one field of a file of JSON: `weights.0.shape`. */
function put(name: string, field: string, value: unknown): void {
  const isCompressed = name.endsWith('.gz');
  const bytes = readFileSync(at(name));
  const json = JSON.parse((isCompressed ? gunzipSync(bytes) : bytes).toString());
  const path = field.split('.');
  const last = path.pop() as string;
  const place = path.reduce((object, key) => object[key], json);
  if (value === undefined) delete place[last];
  else place[last] = value;
  const text = JSON.stringify(json);
  writeFileSync(at(name), isCompressed ? gzipSync(text) : text);
}

const refusal = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });

describe('run.json', () => {
  test.each<[string, unknown, RegExp]>([
    ['preprocessing.height', null, /preprocessing\.height: expected a whole number from 1 to 4096, received null/],
    ['preprocessing.height', 0, /preprocessing\.height/],
    ['preprocessing.height', 1.5, /preprocessing\.height/],
    ['preprocessing.height', 1e9, /preprocessing\.height: expected a whole number from 1 to 4096, received 1000000000/],
    ['preprocessing.height', 60, /preprocessing\.height: expected 10, as the network has it, received 60/],
    ['preprocessing.width', 11, /preprocessing\.width: expected 10, as the network/],
    ['preprocessing.interpolation', 'constructor', /interpolation: expected one of nearest, bilinear, lanczos3/],
    ['preprocessing.rescale', 'x', /preprocessing\.rescale: expected a number that is not 0, received "x"/],
    ['preprocessing.autoOrient', 'yes', /preprocessing\.autoOrient: expected true or false/],
    ['options', null, /options: expected an object, received null/],
    ['classNames', ['a', 'a'], /classNames: expected a list of different names/],
    ['classNames', ['a', 'b', 'c', 'd', 'e'], /classNames: expected 2 names.*received 5/],
    ['history', null, /history: expected an object/],
    ['history.loss', [1], /history: expected lists of the same length/],
    ['counts', null, /counts/],
    ['backend', null, /backend/],
    ['model', null, /model: expected an object/],
    ['model', undefined, /model is missing/],
    ['weights.best.folder', '../elsewhere/epoch-0003', /weights\.best\.folder: expected the name of a folder/],
    ['weights.last', undefined, /weights\.last is missing/],
    ['checkpoints', [null], /checkpoints\.0/],
    ['check', { examined: 'all' }, /check\.examined: expected a whole number of at least 0, received "all"/],
    [
      'check',
      { examined: 1, turned: { count: 1, examples: [2] } },
      /check\.turned\.examples: expected a list of strings/,
    ],
    ['check', null, /check: expected an object, received null/],
    ['classCounts', {}, /classCounts\.train is missing/],
    ['leftOut', [{ reason: 'x', count: 1 }], /leftOut\.0\.examples is missing/],
    ['formatVersion', '1', /formatVersion: expected a whole number of at least 1, received "1"/],
  ])('%s: %j is refused', async (field, value, message) => {
    put('finished-run/run.json', field, value);
    await expect(show()).rejects.toMatchObject(refusal('BAD_MODEL', message));
    if (!/as the network|2 names/.test(message.source)) {
      await expect(summary({ model: model() })).rejects.toMatchObject(refusal('BAD_MODEL', message));
    }
  });

  test('a link to another folder of weights is not followed out of the run', async () => {
    cpSync(at('finished-run/epoch-0002'), at('elsewhere'), { recursive: true });
    rmSync(at('finished-run/epoch-0002'), { recursive: true });
    symlinkSync('../elsewhere', at('finished-run/epoch-0002'));
    await expect(show()).rejects.toMatchObject(refusal('BAD_MODEL', /outside its folder/));
    const resumed = train({ resume: model(), data: at('images'), epochs: 9, backend: 'cpu' });
    await expect(resumed).rejects.toMatchObject({ code: 'BAD_MODEL' });
  });

  test('--config is checked as options are, and more than options is not taken', async () => {
    for (const [field, value, option] of [
      ['options.filters', 0.5, 'filters'],
      ['options.filters', '32', 'filters'],
      ['options.zoomRange', {}, 'zoomRange'],
      ['options.zoomRange', [1], 'zoomRange'],
      ['options.horizontalFlip', 'no', 'horizontalFlip'],
      ['options.data', 5, 'data'],
      ['options.onEvent', {}, 'onEvent'],
      ['options.unheardOf', 1, 'unheardOf'],
    ] as const) {
      cpSync(join(saved, 'finished-run/run.json'), at('finished-run/run.json'));
      put('finished-run/run.json', field, value);
      const again = train({
        config: model(),
        out: at('again'),
        backend: 'cpu',
        ...(option !== 'data' && { data: at('images') }),
      });
      await expect(again).rejects.toMatchObject(refusal('BAD_ARGUMENT', new RegExp(option)));
    }
  });
});

describe('checkpoint.json', () => {
  const newest = 'interrupted-run/epoch-0002-2/checkpoint.json';
  const resume = async () => {
    const warnings: string[] = [];
    const { record } = await train({
      ...{ resume: at('interrupted-run'), data: at('images'), backend: 'cpu' },
      onEvent: (event) => {
        if (event.type === 'warning') warnings.push(event.message);
      },
    });
    return { record, warnings: warnings.join('\n') };
  };

  test.each<[string, unknown, RegExp]>([
    ['slots', [null], /slots\.0: expected an object, received null/],
    ['slots.0.shape', 1, /slots\.0\.shape: expected a list of sizes, received 1/],
    ['progress.history', null, /progress\.history: expected an object/],
    ['progress.sums', null, /progress\.sums/],
    ['computer', null, /computer/],
    ['data.train.badFiles', null, /data\.train\.badFiles/],
    ['progress.epoch', -5, /progress\.epoch: expected a whole number of at least 0, received -5/],
    ['progress.epoch', 2.5, /progress\.epoch/],
    ['progress.epoch', '3', /progress\.epoch: .* received "3"/],
    ['progress.position.offset', 0.5, /progress\.position\.offset/],
    ['sha256', undefined, /sha256 is missing/],
  ])('%s: %j makes the one before it serve', async (field, value, message) => {
    put(newest, field, value);
    const { record, warnings } = await resume();
    expect(warnings).toMatch(message);
    expect(warnings).toContain('using the one before it');
    expect(record.weights.last.epoch).toBe(4);
  });

  test('an optimizer of another size is damage as well', async () => {
    put(newest, 'slots.0.shape', [7]);
    expect((await resume()).warnings).toMatch(/optimizer\.bin: expected \d+ bytes/);
  });
});

describe('model.json', () => {
  const file = 'checkpoint/model.json';
  const load = () => predict({ model: at('checkpoint'), images: [image()], backend: 'cpu' });
  const manifest = 'weightsManifest.0';

  test.each<[string, unknown, RegExp]>([
    [`${manifest}.paths`, [null], /weightsManifest\.0\.paths\.0: expected text, received null/],
    [`${manifest}.paths`, [5], /paths\.0/],
    [`${manifest}.paths`, [{}], /paths\.0/],
    [`${manifest}.weights`, [null], /weights\.0: expected an object/],
    [`${manifest}.weights.0.shape`, undefined, /weights\.0\.shape is missing/],
    [`${manifest}.weights.0.shape`, [-1], /weights\.0\.shape/],
    [`${manifest}.weights.0.shape`, [1e6, 1e6], /a shape of at most/],
    [`${manifest}.weights.0.dtype`, 'constructor', /weights\.0\.dtype: expected one of float32/],
    ['weightsManifest', [null], /weightsManifest\.0/],
    ['modelTopology', [], /class_name of the network: expected text/],
    ['modelTopology.config.layers', 5, /layers of Sequential: expected a list, received 5/],
    [`${manifest}.paths`, ['../secret.bin'], /leads out of the folder/],
    [`${manifest}.paths`, ['../../../../../../../../dev/zero'], /leads out of the folder/],
    [`${manifest}.paths`, ['pipe'], /expected a file, found a pipe/],
    [`${manifest}.paths`, ['link'], /leads out of the folder/],
  ])('%s: %j is refused', async (field, value, message) => {
    writeFileSync(at('secret.bin'), readFileSync(at('checkpoint/weights.bin')));
    symlinkSync('../secret.bin', at('checkpoint/link'));
    execFileSync('mkfifo', [at('checkpoint/pipe')]);
    put(file, field, value);
    await expect(load()).rejects.toMatchObject({ message: expect.stringMatching(message) });
    await expect(load()).rejects.toMatchObject({
      code: message.source.includes('pipe') ? 'NOT_READABLE' : 'BAD_MODEL',
    });
  });

  test('a network that needs more numbers than its file holds is refused before they are reserved', async () => {
    put(file, 'modelTopology.config.layers.3.config.units', 1e8);
    await expect(load()).rejects.toMatchObject(refusal('BAD_MODEL', /dense_1: expected its weight/));
  });

  test.each<[string, () => void]>([
    ['a layer that depends on itself', () => put(file, 'modelTopology', feedItself())],
    ['too many layers', () => put(file, 'modelTopology.config.layers', new Array(100_000).fill({}))],
    ['weights without an end', () => put(file, `${manifest}.paths`, ['../../../../../../../../dev/zero'])],
    ['weights of another size', () => writeFileSync(at('checkpoint/weights.bin'), 'abcd')],
    ['a changed weight', () => put('checkpoint/checkpoint.json', 'sha256', { 'weights.bin': '0'.repeat(64) })],
  ])('%s is refused before a backend is loaded', async (_, damage) => {
    damage();
    const events: string[] = [];
    const onEvent = ({ type }: WorkflowEvent) => events.push(type);
    const options = { model: at('checkpoint'), images: [image()], backend: 'cpu', onEvent } as const;
    await expect(predict(options)).rejects.toMatchObject({ code: 'BAD_MODEL' });
    await expect(evaluate({ ...options, data: at('images') })).rejects.toMatchObject({ code: 'BAD_MODEL' });
    await expect(explain({ ...options, out: at('out') })).rejects.toMatchObject({ code: 'BAD_MODEL' });
    expect(events).not.toContain('backend');
  });

  test.each<[string, string, RegExp]>([
    ['cut short', '{"sha256": {', /checkpoint\.json: it is not valid JSON; the weights beside/],
    ['without checksums', '{}', /checkpoint\.json: it has no SHA-256 of the files beside it; the weights/],
    ['without one of the weights', '{"sha256":{"model.json":"0"}}', /it has no SHA-256 of weights\.bin; the weights/],
  ])('weights whose checkpoint is %s are used with one warning', async (_, content, message) => {
    writeFileSync(at('checkpoint/checkpoint.json'), content);
    const warnings: string[] = [];
    const onEvent = (event: WorkflowEvent) => event.type === 'warning' && warnings.push(event.message);
    await predict({ model: at('checkpoint'), images: [image()], backend: 'cpu', onEvent });
    expect(warnings).toEqual([expect.stringMatching(message)]);
    warnings.length = 0;
    await kernels({ model: at('checkpoint'), out: at('out'), onEvent });
    expect(warnings).toEqual([expect.stringMatching(message)]);
  });

  test('a checkpoint outside of the folder is not read for the checksums of its weights', async () => {
    cpSync(at('checkpoint/checkpoint.json'), at('elsewhere.json'));
    rmSync(at('checkpoint/checkpoint.json'));
    symlinkSync('../elsewhere.json', at('checkpoint/checkpoint.json'));
    const warnings: string[] = [];
    const onEvent = (event: WorkflowEvent) => event.type === 'warning' && warnings.push(event.message);
    await predict({ model: at('checkpoint'), images: [image()], backend: 'cpu', onEvent });
    expect(warnings).toEqual([expect.stringMatching(/checkpoint\.json: it leads out of the folder; the weights/)]);
  });

  test('damaged weights are found, and what to do is said', async () => {
    const weights = readFileSync(at('finished-run/epoch-0002/weights.bin'));
    weights[100] = (weights[100] as number) ^ 4;
    writeFileSync(at('finished-run/epoch-0002/weights.bin'), weights);
    const options = { model: model(), images: [image()], backend: 'cpu', out: at('out') } as const;
    const damage = { ...refusal('BAD_MODEL', /weights\.bin: damaged/), hint: expect.stringContaining('--weights') };
    await expect(show()).rejects.toMatchObject(damage);
    await expect(activations(options)).rejects.toMatchObject(damage);
    await expect(explain(options)).rejects.toMatchObject(damage);
    await expect(report(options)).rejects.toMatchObject(damage);
    await expect(neighbors({ ...options, data: at('images') })).rejects.toMatchObject(damage);
    await expect(kernels(options)).rejects.toMatchObject(damage);
    await expect(channels({ ...options, data: at('images') })).rejects.toMatchObject(damage);
  });

  test('a network of NaN is refused by every command that says something of an image', async () => {
    const { length } = readFileSync(at('checkpoint/weights.bin'));
    writeFileSync(at('checkpoint/weights.bin'), new Uint8Array(new Float32Array(length / 4).fill(Number.NaN).buffer));
    rmSync(at('checkpoint/checkpoint.json'));
    const options = { model: at('checkpoint'), images: [image()], backend: 'cpu', out: at('out') } as const;
    await expect(load()).rejects.toMatchObject(refusal('BAD_MODEL', /outputs NaN/));
    await expect(activations(options)).rejects.toMatchObject(refusal('BAD_MODEL', /outputs NaN/));
    await expect(report(options)).rejects.toMatchObject(refusal('BAD_MODEL', /NaN/));
    await expect(explain(options)).rejects.toMatchObject(refusal('BAD_MODEL', /NaN/));
    await expect(channels({ ...options, data: at('images') })).rejects.toMatchObject(refusal('BAD_MODEL', /NaN/));
    await expect(neighbors({ ...options, data: at('images') })).rejects.toMatchObject(refusal('BAD_MODEL', /NaN/));
    const warnings: unknown[] = [];
    await kernels({ ...options, onEvent: (event) => event.type === 'warning' && warnings.push(event.message) });
    expect(warnings).toEqual([expect.stringMatching(/conv2d_1: 54 of 54 weights are NaN/)]);
  });
});

/** A functional model of one layer that takes what it gives. */
function feedItself(): unknown {
  const dense = { class_name: 'Dense', name: 'a', config: { name: 'a' }, inbound_nodes: [[['a', 0, 0, {}]]] };
  return { class_name: 'Model', config: { layers: [dense] } };
}

describe('shards and channel reports', () => {
  const shards = () => [1, 2].map((index) => at(`shards/${index}-of-2.gz`));
  const merge = () => mergeChannels({ shards: shards(), out: at('merged') });

  test.each<[string, unknown, RegExp]>([
    ['layers.0.tally', null, /tally: expected an object/],
    ['layers.0.tally.classes.0.histograms.0.positive.first', 'x', /tallies/],
    ['layers.0.tally.classes.0.histograms.0.positive.first', 1e9, /tallies/],
    ['layers.0.tally.minima', { array: 'Float32Array', base64: 'AAA=' }, /tallies/],
    ['layers.0.tally.minima', { array: 'constructor', base64: '' }, /tallies/],
    ['layers.0.layer.shape', [1], /shape/],
    ['shard', { index: 3, count: 2 }, /a shard index/],
    ['imageCounts', [1], /one image count per class/],
    ['paths', null, /paths/],
    ['model', null, /model: expected an object/],
    ['versions', undefined, /versions is missing/],
  ])('a shard with %s: %j is refused', async (field, value, message) => {
    put('shards/2-of-2.gz', field, value);
    await expect(merge()).rejects.toMatchObject(refusal('BAD_ARGUMENT', message));
  });

  test('a small file that becomes very large is refused before it is', async () => {
    const bomb = gzipSync(Buffer.alloc(300e6, '['));
    const startedAt = performance.now();
    for (const content of [bomb, Buffer.concat([gzipSync('{"format":"cnnviz-channels-shard","a":'), bomb])]) {
      writeFileSync(at('shards/2-of-2.gz'), content);
      await expect(merge()).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    }
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test.each<[string, unknown, RegExp]>([
    ['layers.0.channels.0', 0, /layers\.0\.channels\.0: expected an object, received 0/],
    ['layers.0.channels.1.channel', 7, /all of its channels in order/],
    ['layers.0.channels.1.tells', 9, /channels with metrics for each of its classes/],
    ['classes', [], /channels with metrics/],
    ['layers', null, /layers/],
    ['verdict', [1], /verdict/],
  ])('a channel report with %s: %j is refused', async (field, value, message) => {
    put('channels/channels.json', field, value);
    const path = at('channels/channels.json');
    await expect(readChannelReport(path)).rejects.toMatchObject(refusal('BAD_ARGUMENT', message));
    mkdirSync(at('finished-run/channels'));
    cpSync(path, at('finished-run/channels/channels.json'));
    const options = { model: model(), images: [image()], backend: 'cpu' } as const;
    const asked = report({ ...options, channelReport: path, out: at('asked.html') });
    await expect(asked).rejects.toMatchObject(refusal('BAD_ARGUMENT', message));
    const warnings: string[] = [];
    const onEvent = (event: WorkflowEvent) => event.type === 'warning' && warnings.push(event.message);
    await report({ ...options, out: at('page.html'), onEvent });
    await activations({ ...options, out: at('activations'), onEvent });
    expect(warnings).toEqual([expect.stringMatching(message), expect.stringMatching(message)]);
  });
});
