import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explain, type SharedEvent } from '../../../src/index.js';
import { identifyModel } from '../../../src/network/identify-model.js';
import { findModel } from '../../../src/runs/find-model.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
let identity = '';
const out = mkdtempSync(join(tmpdir(), 'cnnviz-auto-'));

beforeAll(async () => {
  workspace = await makeWorkspace();
  identity = await identifyModel((await findModel(join(workspace.folder, 'runs/first'))).modelPath);
});

afterAll(() => {
  workspace.remove();
  rmSync(out, { recursive: true });
});

/** What explain does where a benchmark with this content lies in the run. */
async function explainWith(content: unknown, options: Partial<Parameters<typeof explain>[0]> = {}) {
  const model = join(workspace.folder, 'runs/first');
  const folder = join(model, 'explanation-benchmark');
  rmSync(folder, { recursive: true, force: true });
  if (content !== undefined) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'benchmark.json'), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const messages: string[] = [];
  const onEvent = (event: SharedEvent) => {
    if (event.type === 'note' || event.type === 'warning') messages.push(event.message);
  };
  const place = join(out, 'result');
  const { images } = await explain({
    ...{ images: [join(workspace.folder, 'red.png')], model, backend: 'cpu', out: place, onEvent, ...options },
  });
  const manifest = JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8'));
  const [image] = images;
  return { method: image?.method, layer: image?.layer.name, reason: manifest.options.reason, messages };
}

const format = { format: 'cnnviz-explanation-benchmark', formatVersion: 2, imageCount: 50 };
const chosen = { method: 'layercam', layer: 'max_pooling2d_1' };

test('without a benchmark HiResCAM at the last maps', async () => {
  expect(await explainWith(undefined)).toEqual({
    method: 'hirescam',
    layer: 'conv2d_2',
    reason: undefined,
    messages: [],
  });
});

test('the method and the layer that the benchmark of these weights found, and why', async () => {
  const reason = "Chosen by this network's benchmark on 50 images: LayerCAM at max_pooling2d_1";
  const found = await explainWith({ ...format, identity, chosen });
  expect(found).toEqual({ method: 'layercam', layer: 'max_pooling2d_1', reason, messages: [reason] });
});

test('a layer that is named, or a method, is what is asked for', async () => {
  const content = { ...format, identity, chosen };
  expect(await explainWith(content, { layer: 'conv2d_1' })).toMatchObject({ method: 'layercam', layer: 'conv2d_1' });
  expect(await explainWith(content, { method: 'gradcam' })).toMatchObject({
    method: 'gradcam',
    layer: 'conv2d_2',
    messages: [],
  });
});

test('where none is trusted, that is what is said', async () => {
  const found = await explainWith({ ...format, identity, chosen: null });
  expect(found).toMatchObject({
    method: 'hirescam',
    reason: expect.stringContaining('trusts no method: do not rely on this map'),
  });
});

test.each([
  ['of other weights', () => ({ ...format, identity: 'another', chosen }), 'it is of other weights'],
  [
    'whose verdict is not corrected for the number of methods',
    () => ({ ...format, formatVersion: 1, identity, chosen }),
    'run explain --benchmark again',
  ],
  ['damaged', () => '{', 'benchmark.json'],
  [
    'of a method that nobody knows',
    () => ({ ...format, identity, chosen: { method: 'magic', layer: 'a' } }),
    'chosen.method',
  ],
])('a benchmark %s is not used, which is said', async (_, content, message) => {
  const { method, messages } = await explainWith(content());
  expect([method, messages]).toEqual(['hirescam', [expect.stringContaining(message)]]);
});
