import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRaster } from '../../../src/base/raster.js';
import { evaluateShard } from '../../../src/commands/evaluate/evaluate-shard.js';
import { mergeEvaluations } from '../../../src/commands/evaluate/merge-evaluations.js';
import { mergePredictions } from '../../../src/commands/predict/merge-predictions.js';
import { predictShard } from '../../../src/commands/predict/predict-shard.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { encodePng } from '../../../src/rendering/png.js';
import { type Member, writeTar } from '../../dataset/files/make-tar.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
let folder: string;
const here = (name: string) => join(folder, name);
const picture = (shade: number) => Buffer.from(encodePng(createRaster(20, 16, [shade, 255 - shade, 80])));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-output-shards-'));
  workspace = await makeWorkspace();
});

afterAll(() => {
  workspace.remove();
  rmSync(folder, { recursive: true });
});

const ofRun = () => ({ model: join(workspace.folder, 'runs/latest'), backend: 'cpu', batchSize: 1 }) as const;

test('shards with and without --logits are not merged', async () => {
  for (const shade of [40, 90]) writeFileSync(here(`${shade}.png`), picture(shade));
  const model = join(import.meta.dirname, '../../fixtures/networks/branching.keras');
  const options = {
    images: [here('40.png'), here('90.png')],
    model,
    output: 'classes',
    backend: 'cpu',
    batchSize: 1,
  } as const;
  const shards = [here('1.shard'), here('2.shard')];
  await predictShard({ ...options, shard: '1/2', out: here('1.shard') });
  await predictShard({ ...options, shard: '2/2', out: here('2.shard') });
  expect((await mergePredictions({ shards })).predictions).toHaveLength(2);
  await predictShard({ ...options, shard: '2/2', out: here('2.shard'), logits: true });
  await expect(mergePredictions({ shards })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining(`${here('2.shard')}: expected the output and logits of ${here('1.shard')}`),
  });
});

test.each([['held-out'], [undefined]] as const)('merged suspects of shards with --split %s', async (split) => {
  const data = here('divided');
  for (const name of ['validation/cats/1', 'validation/dogs/2', 'test/cats/3', 'test/dogs/4']) {
    mkdirSync(dirname(join(data, name)), { recursive: true });
    writeFileSync(join(data, `${name}.png`), picture(50 * Number(name.at(-1))));
  }
  const out = here(`${split}.shard`);
  await evaluateShard({ data, ...ofRun(), shard: '1/1', out, ...(split && { split }) });
  const warnings: string[] = [];
  const onEvent = (event: WorkflowEvent) => event.type === 'warning' && warnings.push(event.message);
  const { suspects } = await mergeEvaluations({ shards: [out], suspects: 100, onEvent });
  expect(suspects).toHaveLength(split ? 4 : 2);
  const warning = 'the shards hold test images only: for suspects in validation, too, write them with --split held-out';
  expect(warnings).toEqual(split ? [] : [warning]);
});

test('an archive that changes during a shard ends it, though images before were bad', async () => {
  const archive = here('pets.tar');
  const members: Member[] = [
    ['cats/1.png', 'not a picture'],
    ['cats/2.png', picture(60)],
    ['dogs/3.png', picture(90)],
    ['dogs/4.png', picture(120)],
  ];
  await writeTar(archive, members);
  const onEvent = ({ type }: WorkflowEvent) => {
    if (type === 'evaluation-step') writeFileSync(archive, 'another archive');
  };
  const shard = { ...ofRun(), shard: '1/1', out: here('pets.shard'), onEvent };
  const changed = { message: expect.stringContaining('its archive has changed since it was listed') };
  await expect(evaluateShard({ data: archive, ...shard })).rejects.toMatchObject({ code: 'BAD_DATASET', ...changed });
});
