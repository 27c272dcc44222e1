import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { activations } from '../../src/commands/activations/index.js';
import { channels } from '../../src/commands/channels/index.js';
import { dream } from '../../src/commands/dream/index.js';
import { evaluate } from '../../src/commands/evaluate/index.js';
import { explain } from '../../src/commands/explain/index.js';
import { kernels } from '../../src/commands/kernels/index.js';
import { predict } from '../../src/commands/predict/index.js';
import { report } from '../../src/commands/report/index.js';
import { summary } from '../../src/commands/summary/index.js';
import type { WorkflowEvent } from '../../src/events.js';
import { encodePng } from '../../src/rendering/png.js';

vi.mock('../../src/formats/keras/open-in-thread.js', async (original) => {
  const { openOnce } = await import('../helpers/open-once.js');
  return openOnce(await original());
});

// Every format through every command: the networks are those of test/fixtures/scripts.

const networks = join(import.meta.dirname, '../fixtures/networks');
let folder: string;
let image: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-foreign-'));
  for (const [index, name] of ['a', 'b'].entries()) {
    mkdirSync(join(folder, 'data', name), { recursive: true });
    for (const shade of [40, 90, 200]) {
      const picture = createRaster(20, 16, [shade, 255 - shade, 80 * index]);
      writeFileSync(join(folder, 'data', name, `${shade}.png`), encodePng(picture));
    }
  }
  image = join(folder, 'data/a/40.png');
});

afterAll(() => rmSync(folder, { recursive: true }));

const COMMANDS = {
  summary: ({ model }: Call) => summary({ model }),
  predict: (call: Call) => predict({ ...call, images: [image] }),
  activations: (call: Call) => activations({ ...call, images: [image], out: call.out, tile: 16 }),
  explain: (call: Call) => explain({ ...call, images: [image] }),
  kernels: ({ model, out }: Call) => kernels({ model, out }),
  dream: (call: Call) => dream({ ...call, data: join(folder, 'data'), layers: 1, channels: [0], steps: 2 }),
  report: (call: Call) => report({ ...call, images: [image], out: `${call.out}.html` }),
  channels: (call: Call) => channels({ ...call, data: join(folder, 'data'), allowOtherClasses: true }),
  evaluate: (call: Call) => evaluate({ ...call, data: join(folder, 'data') }),
};

interface Call {
  model: string;
  backend: 'cpu';
  out: string;
}

type Command = keyof typeof COMMANDS;
const all = Object.keys(COMMANDS) as Command[];

const severalOutputs = /has several outputs \(classes, size\): \w+ needs one output/;
const scores = /gives scores, not probabilities/;

/** What a network cannot be used for, and why; everything else works. */
const ROWS: readonly [network: string, refused: Partial<Record<Command, RegExp>>][] = [
  ['article.keras', {}],
  ['article.h5', {}],
  ['branching.keras', { predict: severalOutputs, explain: severalOutputs, evaluate: severalOutputs }],
  ['branching.h5', { predict: severalOutputs, explain: severalOutputs, evaluate: severalOutputs }],
  ['transfer.keras', {}],
  ['transfer.h5', {}],
  ['stacked.keras', { predict: scores, explain: scores, evaluate: scores }],
  ['half.keras', { predict: scores, explain: scores, evaluate: scores }],
  ['keras-2.h5', {}],
  ['converted_keras', { evaluate: /none of its classes is known to the network.*the network knows Cats, My dogs/ }],
  ['tfjs-of-keras-3', { predict: scores, explain: scores, evaluate: scores }],
];

describe.each(ROWS)('%s', (network, refused) => {
  test.each(all)('%s', async (command) => {
    const events: WorkflowEvent[] = [];
    const call = {
      model: join(networks, network),
      backend: 'cpu' as const,
      out: join(folder, `${network}-${command}`),
      onEvent: (event: WorkflowEvent) => events.push(event),
    };
    const outcome = await COMMANDS[command](call).then(
      () => 'works',
      (error: Error) => error.message,
    );
    expect(outcome).toMatch(refused[command] ?? /^works$/);
  });
});

test('an output that is named, and logits that are said to be some, give probabilities', async () => {
  const options = { images: [image], backend: 'cpu' as const };
  const named = await predict({ ...options, model: join(networks, 'branching.keras'), output: 'classes' });
  const logits = await predict({ ...options, model: join(networks, 'tfjs-of-keras-3'), logits: true });
  for (const { predictions } of [named, logits]) {
    const [{ probability } = { probability: Number.NaN }] = predictions;
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeLessThanOrEqual(1);
  }
  await expect(
    predict({ ...options, model: join(networks, 'branching.keras'), output: 'clases' }),
  ).rejects.toMatchObject({
    code: 'NOT_FOUND',
    hint: expect.stringContaining('Did you mean classes?'),
  });
});

test('what is assumed of the pixels is noted, and can be said', async () => {
  const messages = async (options: object, model = 'article.keras') => {
    const events: WorkflowEvent[] = [];
    const call = { model: join(networks, model), backend: 'cpu' as const, images: [image] };
    await predict({ ...call, ...options, onEvent: (event) => events.push(event) });
    return events.flatMap((event) => (event.type === 'note' ? [event.message] : [])).join('\n');
  };
  expect(await messages({})).toContain('pixels: unit (0 to 1) assumed');
  expect(await messages({ preprocess: 'caffe' })).not.toContain('pixels');
  expect(await messages({}, 'transfer.keras')).toContain('pixels: raw (0 to 255): its layer rescaling');
  const taught = await messages({}, 'converted_keras');
  expect(taught).toContain('classes: labels.txt');
});

test('a list of class names beside a network that does not fit is refused, where names are used', async () => {
  const beside = join(folder, 'beside');
  mkdirSync(beside);
  const model = join(beside, 'article.keras');
  copyFileSync(join(networks, 'article.keras'), model);
  writeFileSync(join(beside, 'labels.txt'), 'a\nb\nc\nd\ne');
  const call = { model, images: [image], backend: 'cpu' as const };
  await expect(predict(call)).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(/article\.keras: labels\.txt beside it: it names 5 classes, and the network has/),
    hint: expect.stringContaining('--classes FILE'),
  });
  await summary({ model });
  await kernels({ model, out: join(folder, 'beside-kernels') });
  writeFileSync(join(beside, 'class_names.txt'), 'cats\ndogs');
  const warnings: string[] = [];
  const { predictions } = await predict({
    ...call,
    onEvent: (event) => event.type === 'warning' && warnings.push(event.message),
  });
  expect(predictions[0]?.className).toMatch(/^(cats|dogs)$/);
  expect(warnings).toEqual([expect.stringMatching(/^labels\.txt beside it: .*: ignored$/)]);
});

test('options that a run knows better are refused with one', async () => {
  await expect(
    predict({ images: [image], model: join(import.meta.dirname, '../fixtures/saved/finished-run'), logits: true }),
  ).rejects.toMatchObject({ code: 'BAD_ARGUMENT', message: expect.stringContaining('logits: a run knows its own') });
});
