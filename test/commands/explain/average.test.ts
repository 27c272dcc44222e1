import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRaster } from '../../../src/base/raster.js';
import { explain } from '../../../src/commands/explain/index.js';
import type { ExplainOptions } from '../../../src/commands/explain/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { encodePng } from '../../../src/rendering/png.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  mkdirSync(at('others'));
  for (const red of [30, 90, 150, 210]) {
    writeFileSync(at('others', `${red}.png`), encodePng(createRaster(12, 12, [red, 250 - red, 10])));
  }
});

afterAll(() => workspace.remove());

const at = (...names: string[]) => join(workspace.folder, ...names);

async function run(options: Partial<ExplainOptions> = {}) {
  const events: WorkflowEvent[] = [];
  const onEvent = (event: WorkflowEvent) => void events.push(event);
  const fixed = { model: at('runs/latest'), backend: 'cpu', out: at('out'), images: [at('red.png')], onEvent } as const;
  const { images } = await explain({ ...fixed, ...options });
  return { events, classes: images[0]?.classes ?? [] };
}

it('says which share of a map the average map of other images explains, and keeps that map in the run', async () => {
  const first = await run({ baselineData: at('others') });
  const shares = first.classes.map(({ average }) => average?.share as number);
  expect(shares[0]).toBeGreaterThan(0);
  expect(shares[0]).toBeLessThanOrEqual(1);
  expect(shares[1]).toBeCloseTo(shares[0] as number, 6);
  expect(first.events).toContainEqual({
    type: 'caution',
    image: at('red.png'),
    sentence: expect.stringContaining('the average map of 4 images explains a part of it (cats '),
  });
  expect(readdirSync(at('runs/first/average-maps'))).toHaveLength(2);
  expect(first.events.filter(({ type }) => type === 'image-examined')).toHaveLength(4);
  const second = await run({ baselineData: at('others') });
  expect(second.classes).toEqual(first.classes);
  expect(second.events.filter(({ type }) => type === 'image-examined')).toHaveLength(0);
  const [name] = readdirSync(at('runs/first/average-maps'));
  writeFileSync(at('runs/first/average-maps', name as string), '{');
  expect((await run({ baselineData: at('others') })).classes).toEqual(first.classes);
});

it('shows maps less the average map', async () => {
  const plain = await run({ baselineData: at('others') });
  const less = await run({ baselineData: at('others'), baseline: 'average' });
  expect(less.classes[0]?.average).toEqual(plain.classes[0]?.average);
  expect(less.classes[0]?.statistics.mean).not.toBeCloseTo(plain.classes[0]?.statistics.mean as number, 8);
  expect(JSON.parse(readFileSync(at('out/manifest.json'), 'utf8')).options.baseline).toBe('average');
});

it('claims nothing without validation images, and names what to do where they are asked for', async () => {
  expect((await run()).classes.map(({ average }) => average)).toEqual([undefined, undefined]);
  await expect(run({ baseline: 'average' })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    hint: expect.stringContaining('--baseline-data'),
  });
});

it('methods of many runs report their cost and their progress, and end between two batches', async () => {
  const { events } = await run({ method: ['occlusion', 'integrated-gradients'] });
  expect(events).toContainEqual({
    type: 'note',
    message: expect.stringMatching(
      /^Each image takes about .* s of CPU time: 145 runs of the network and 64 gradients$/,
    ),
  });
  const last = events.findLast((event) => event.type === 'network-run');
  expect(last).toMatchObject({ done: 145 + 64, total: 145 + 64 });
  const stop = new AbortController();
  const onEvent = ({ type }: WorkflowEvent) => void (type === 'network-run' && stop.abort());
  await expect(run({ method: 'rise', onEvent, signal: stop.signal, out: at('none') })).rejects.toMatchObject({
    code: 'ABORTED',
  });
  expect(readdirSync(workspace.folder)).not.toContain('none');
});
