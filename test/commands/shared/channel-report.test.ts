import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findChannelReport } from '../../../src/commands/shared/channel-report.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { identifyModel } from '../../../src/network/identify-model.js';
import type { FoundModel } from '../../../src/runs/find-model.js';
import { makeReport } from '../../channels/report-fixture.js';

let folder: string;
let modelPath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-channel-report-'));
  events.length = 0;
  modelPath = join(folder, 'model.json');
  const weights = [{ name: 'kernel', shape: [1], dtype: 'float32' }];
  const modelTopology = { class_name: 'Sequential', config: { layers: [] } };
  writeFileSync(modelPath, JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights }] }));
  writeFileSync(join(folder, 'weights.bin'), 'abcd');
});

afterEach(() => rmSync(folder, { recursive: true }));

const events: WorkflowEvent[] = [];
const onEvent = (event: WorkflowEvent) => void events.push(event);
const found = (classNames = ['cats', 'dogs']) => ({ modelPath, run: { folder, record: { classNames } } }) as FoundModel;

function writeReport(place: string, identity: string, change: object = {}): string {
  mkdirSync(join(folder, place), { recursive: true });
  const model = { path: 'runs/other', identity };
  const path = join(folder, place, 'channels.json');
  writeFileSync(path, JSON.stringify(makeReport({ model, ...change })));
  return path;
}

test('a changed weight makes another network of a model', async () => {
  const before = await identifyModel(modelPath);
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(await identifyModel(modelPath)).toBe(before);
  writeFileSync(join(folder, 'weights.bin'), 'abce');
  expect(await identifyModel(modelPath)).not.toBe(before);
});

test('the report that lies with a run is found, unless it is of other weights', async () => {
  expect(await findChannelReport(found(), undefined, onEvent)).toBeUndefined();
  const identity = await identifyModel(modelPath);
  writeReport('channels', identity);
  expect(await findChannelReport(found(), undefined, onEvent)).toMatchObject({ model: { identity } });
  writeReport('channels', 'another');
  expect(await findChannelReport(found(), undefined, onEvent)).toBeUndefined();
});

test('one on classes that the run does not have is not used unasked, which is reported', async () => {
  const classes = ['cats', 'dogs'].map((className) => ({ className, imageCount: 3 }));
  const file = writeReport('channels', await identifyModel(modelPath), { classes });
  expect(await findChannelReport(found(), undefined, onEvent)).toBeDefined();
  const other = found(['cats', 'rabbits']);
  expect(await findChannelReport(other, undefined, onEvent)).toBeUndefined();
  expect(events).toEqual([{ type: 'warning', message: expect.stringMatching(/not used.*does not know \(dogs\)$/) }]);
  expect(await findChannelReport(other, file, onEvent)).toBeDefined();
});

test('a report is taken by its folder or its file; one of other weights is refused', async () => {
  const identity = await identifyModel(modelPath);
  const file = writeReport('mine', identity);
  expect(await findChannelReport(found(), join(folder, 'mine'), onEvent)).toMatchObject({ model: { identity } });
  expect(await findChannelReport(found(), file, onEvent)).toMatchObject({ model: { identity } });
  const other = writeReport('other', 'another');
  await expect(findChannelReport(found(), other, onEvent)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await expect(findChannelReport(found(), join(folder, 'none'), onEvent)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    hint: expect.stringContaining('cnnviz channels DIR'),
  });
});

test('what is no report of this version is refused', async () => {
  const newer = writeReport('newer', 'any', { formatVersion: 2 });
  await expect(findChannelReport(found(), newer, onEvent)).rejects.toThrow(
    /version 1 or below, found version 2: update cnnviz/,
  );
  await expect(findChannelReport(found(), modelPath, onEvent)).rejects.toThrow(/found another file/);
  await expect(findChannelReport(found(), join(folder, 'weights.bin'), onEvent)).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
  });
});

test('a broken report that lies with a run is a warning, and no error unless it was asked for', async () => {
  const path = writeReport('channels', 'any');
  for (const content of ['{"format":"cnnviz-channels","formatVersion":1}', 'no JSON', '[]']) {
    writeFileSync(path, content);
    events.length = 0;
    expect(await findChannelReport(found(), undefined, onEvent)).toBeUndefined();
    expect(events).toEqual([
      {
        type: 'warning',
        message: expect.stringMatching(/report of this run is not used: .*channels\.json: .*cnnviz channels DIR/),
      },
    ]);
    await expect(findChannelReport(found(), path, onEvent)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  }
});
