import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChannelReport } from '../../../src/channels/report.js';
import { channels } from '../../../src/commands/channels/index.js';
import { mergeChannels } from '../../../src/commands/channels/merge-channels.js';
import type { ChannelsOptions } from '../../../src/commands/channels/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { runProgram } from '../../cli/run-program.js';
import { runCommandLine, runCommandLineIn } from '../../helpers/run-command-line.js';
import { writePhotograph } from '../drawn-photographs.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
let pets: string;

// An untrained network; cats are dark, dogs are bright.
beforeAll(async () => {
  workspace = await makeWorkspace();
  pets = join(workspace.folder, 'pets');
  for (let index = 0; index < 7; index++) {
    writePhotograph(join(pets, 'cats', `cat.${index}.png`), index, 100);
    if (index < 6) writePhotograph(join(pets, 'dogs', `dog.${index}.png`), 50 + index, 255);
  }
});

afterAll(() => workspace.remove());

const here = (name: string) => join(workspace.folder, name);

async function measure(change: Partial<ChannelsOptions> = {}): Promise<ChannelReport> {
  const { report } = await channels({
    data: pets,
    model: here('runs/latest'),
    backend: 'cpu',
    batchSize: 4,
    out: here('out'),
    ...change,
  });
  return report as ChannelReport;
}

test('a folder of class folders gives metrics of every layer that makes values, in files', async () => {
  const events: WorkflowEvent[] = [];
  const report = await measure({ onEvent: (event) => events.push(event) });
  expect(report.layers.map(({ name, channels: { length } }) => [name, length])).toEqual([
    ['conv2d_1', 4],
    ['max_pooling2d_1', 4],
    ['conv2d_2', 4],
    ['max_pooling2d_2', 4],
    ['dense_1', 8],
    ['dense_2', 1],
  ]);
  expect(report).toMatchObject({
    data: { path: pets, split: null, imageCount: 13, badImageCount: 0 },
    classes: [
      { className: 'cats', imageCount: 7 },
      { className: 'dogs', imageCount: 6 },
    ],
  });
  expect(JSON.parse(readFileSync(here('out/channels.json'), 'utf8'))).toEqual(report);
  const lines = readFileSync(here('out/channels.csv'), 'utf8').split('\r\n');
  expect(lines).toHaveLength(1 + 25 + 1);
  expect(lines[0]).toContain('effectSize:dogs');
  const dataset = { type: 'dataset', split: null, imageCount: 13, classNames: ['cats', 'dogs'], classCounts: [7, 6] };
  expect(events).toContainEqual(dataset);
  expect(events.filter(({ type }) => type === 'evaluation-step')).toHaveLength(4);
});

test('brighter images make the channels respond more that respond at all', async () => {
  const { layers } = await measure({ layers: 1 });
  const [{ channels: measured }] = layers as [ChannelReport['layers'][0]];
  const firing = measured.filter(({ firingFraction }) => firingFraction > 0.5);
  expect(firing.length).toBeGreaterThan(0);
  for (const { classes, tells } of firing) {
    expect(classes[1]?.mean).toBeGreaterThan(classes[0]?.mean as number);
    expect([tells, classes[1]?.auc]).toEqual([1, 1]);
  }
});

test('shards add up to one pass, and neither batch size nor order matters', async () => {
  const whole = await measure();
  const shards: string[] = [];
  for (const index of [3, 1, 2]) {
    const out = here(`part-${index}`);
    await channels({ data: pets, model: here('runs/latest'), backend: 'cpu', batchSize: 4, shard: `${index}/3`, out });
    shards.push(out);
  }
  const { report: merged } = await mergeChannels({ shards, out: here('merged') });
  expect(merged).toEqual(roundLike(whole));
  const alone = await measure({ batchSize: 1 });
  expect(alone.layers).toEqual(roundLike(whole, 4).layers);
  await expect(mergeChannels({ shards: shards.slice(1), out: here('merged') })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: 'shards: 1 of 3 are missing: 3',
  });
});

test('a shard replaces an earlier shard, but nobody else’s file', async () => {
  const settings = { data: pets, model: here('runs/latest'), backend: 'cpu', shard: '1/1' } as const;
  writeFileSync(here('mine.txt'), 'mine');
  await expect(channels({ ...settings, out: here('mine.txt') })).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  expect(readFileSync(here('mine.txt'), 'utf8')).toBe('mine');
  await channels({ ...settings, out: here('again.shard') });
  await channels({ ...settings, out: here('again.shard') });
  const { report } = await mergeChannels({ shards: [here('again.shard')], out: here('again') });
  expect(report).toEqual(roundLike(await measure()));
});

test('other classes than those of the run are left out or refused, as by evaluate; allowed, they never become the run\u2019s own report', async () => {
  const zoo = here('zoo');
  for (const name of ['cats', 'dogs', 'rabbits']) writePhotograph(join(zoo, name, 'one.png'), 1, 100);
  const warnings: string[] = [];
  const known = await measure({
    data: zoo,
    out: here('known'),
    onEvent: (event) => event.type === 'warning' && warnings.push(event.message),
  });
  expect(known.classes).toMatchObject([
    { className: 'cats', imageCount: 1 },
    { className: 'dogs', imageCount: 1 },
  ]);
  expect(warnings).toEqual([
    'not used, since the network has no such class: rabbits (1); --allow-other-classes measures on them, too',
  ]);
  const aliens = here('aliens');
  for (const name of ['mice', 'rabbits']) writePhotograph(join(aliens, name, 'one.png'), 1, 100);
  const refused = {
    code: 'BAD_DATASET',
    message: expect.stringContaining('it has mice, rabbits, the network knows cats, dogs'),
  };
  await expect(measure({ data: aliens })).rejects.toMatchObject(refused);
  await expect(measure({ data: aliens, shard: '1/2', out: here('zoo.shard') })).rejects.toMatchObject(refused);
  const allowed = { data: zoo, allowOtherClasses: true };
  const inRun = { code: 'BAD_ARGUMENT', message: expect.stringContaining('out: expected another folder') };
  await expect(measure({ ...allowed, out: here('runs/latest/channels') })).rejects.toMatchObject(inRun);
  const { classes } = await measure({ ...allowed, out: here('zoo-report') });
  expect(classes.map(({ className }) => className)).toEqual(['cats', 'dogs', 'rabbits']);
  const { stdout } = await runProgram(['channels', 'zoo', '--allow-other-classes', '--backend', 'cpu'], {
    cwd: workspace.folder,
  });
  expect(stdout).toContain('Results: channels\n');
  expect(existsSync(here('runs/first/channels'))).toBe(false);
});

/** Numbers to be met to so many digits after the point. */
function roundLike<Value>(value: Value, digits = 11): Value {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'number' && !Number.isInteger(each) ? expect.closeTo(each, digits) : each,
  ) as Value;
}

test('WebAssembly measures what plain JavaScript does, but for rounding', async () => {
  const metrics = (report: ChannelReport) =>
    report.layers.flatMap(({ name, channels: all }) =>
      all.map(({ channel, firingFraction, mean, min, max }) => ({ name, channel, firingFraction, mean, min, max })),
    );
  const expected = metrics(await measure());
  expect(metrics(await measure({ backend: 'wasm' }))).toEqual(roundLike(expected, 4));
});

test('a folder without class folders has metrics without classes; a bad image is skipped', async () => {
  const flat = here('flat');
  mkdirSync(flat);
  for (let index = 0; index < 3; index++) writePhotograph(join(flat, `${index}.png`), index);
  writePhotograph(join(flat, 'below', '3.png'), 3);
  writeFileSync(join(flat, 'broken.png'), 'not a picture');
  const report = await measure({ data: flat });
  expect(report).toMatchObject({ classes: [], data: { imageCount: 4, badImageCount: 1 } });
  expect(report.layers[0]).toMatchObject({ separation: null });
  expect(report.layers[0]?.channels[0]?.strongestImage?.path).toMatch(/^(below\/)?\d\.png$/);
});

test.each<[string, Partial<ChannelsOptions>, string]>([
  ['a shard beyond the last', { shard: '4/3' }, 'BAD_ARGUMENT'],
  ['a shard that is none', { shard: '1' }, 'BAD_ARGUMENT'],
  ['a layer that is not there', { layers: ['conv2d_9'] }, 'NOT_FOUND'],
  ['a folder that is not there', { data: '/nowhere/at/all' }, 'NOT_FOUND'],
  ['a part that is not there', { split: 'test' }, 'BAD_DATASET'],
  ['a batch of none', { batchSize: 0 }, 'BAD_ARGUMENT'],
])('%s is refused', async (_, change, code) => {
  await expect(measure(change)).rejects.toMatchObject({ code });
});

test('the help of channels merge shows its own options, and none of channels', async () => {
  const { stdout } = await runProgram(['channels', 'merge', '--help']);
  expect(stdout.match(/--[a-z-]+/g)?.filter((option) => option !== '--shard')).toEqual([
    '--out',
    '--open',
    '--help',
    '--version',
    '--backend',
    '--json',
    '--quiet',
  ]);
});

test('channels merge refuses the options of channels, wherever they stand', async () => {
  const message = 'not supported by "channels merge", which adds up shards as they were measured';
  const after = await runCommandLine(['channels', 'merge', 'a.shard', '--shard', '1/2', '--layers', '2']);
  expect(after).toEqual({ exitCode: 2, stdout: '', stderr: `error: --layers, --shard: ${message}\n` });
  const before = await runCommandLine(['channels', '--batch-size', '8', 'merge', 'a.shard']);
  expect(before).toEqual({ exitCode: 2, stdout: '', stderr: `error: --batch-size: ${message}\n` });
});

test('cnnviz channels prints layers and verdict, and leaves the report in the run', async () => {
  const settings = { cwd: workspace.folder };
  const run = (...args: string[]) => runCommandLineIn(settings, ['channels', ...args]);
  const { exitCode, stdout } = await runProgram(['channels', 'pets', '--backend', 'cpu'], settings);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^conv2d_1 +4 +\d+\.\d %/m);
  expect(stdout).toMatch(/^25 channels of 6 layers on 13 images: /m);
  expect(stdout).toContain('Results: runs/first/channels');
  expect((await run('pets', '--shard', '1/1', '--quiet', '--backend', 'cpu')).exitCode).toBe(0);
  const merged = await run('merge', 'channels-1-of-1.shard');
  expect(merged.stdout).toContain('Results: channels');
  const elsewhere = await run('merge', 'channels-1-of-1.shard', '--out', 'there');
  expect(elsewhere.stdout).toContain('Results: there');
});
