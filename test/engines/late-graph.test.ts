import { expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { imagesAtOnce, layersAtOnce } from '../../src/engines/contract/channel-measurements.js';
import type { NetworkLayer } from '../../src/engines/contract/engine.js';
import type { EngineCore } from '../../src/engines/contract/engine-core.js';
import { LateGraph } from '../../src/engines/late-graph.js';
import { openEngine } from '../../src/engines/open.js';
import { bfloat16Test } from '../helpers/bfloat16.js';
import { nativeTest } from '../helpers/native.js';

const none = new Float32Array();
const layer = (name: string) => ({ name }) as NetworkLayer;

/** Notes who was asked. */
function noteCalls() {
  const calls: string[] = [];
  const core = (kind: EngineCore['kind']): EngineCore => {
    const note = (what: string) => calls.push(`${kind} ${what}`);
    return {
      kind,
      precision: 'float32',
      async run(_inputs, size) {
        note(`runs ${size}`);
        return [];
      },
      async computeScores() {
        note('scores');
        return { scores: none, outputs: none };
      },
      async differentiate(_input, { layers }) {
        note(`differentiates ${layers.map(({ name }) => name)}`);
        return { layers: [], input: none, guided: none };
      },
      async sumGradients() {
        note('sums gradients');
        return none;
      },
      async computeMaskedScores() {
        note('masked scores');
        return none;
      },
      async computeScoresFrom() {
        note('scores from');
        return none;
      },
      async differentiateFrom(_input, { name }) {
        note(`differentiates from ${name}`);
        return none;
      },
      async measure(_inputs, size) {
        note(`measures ${size}`);
        return [];
      },
      async differentiateChannels() {
        note('channel gradients');
        return none;
      },
      async locatePeaks() {
        return [];
      },
      refresh: () => note('is refreshed'),
      dispose: () => note('is disposed'),
    };
  };
  const late = new LateGraph(core('layers'), () => {
    calls.push('compiled');
    return core('graph');
  });
  return { calls, late };
}

test('a few images are run op by op, the others by a graph that is compiled once', async () => {
  const { calls, late } = noteCalls();
  for (const size of [5, 3, 1, 20]) await late.run(none, size, [layer('a')]);
  expect(calls).toEqual(['layers runs 5', 'layers runs 3', 'compiled', 'graph runs 1', 'graph runs 20']);
});

test('a whole batch is compiled for at once, and other layers are counted by themselves', async () => {
  const { calls, late } = noteCalls();
  await late.run(none, 20, [layer('a')]);
  await late.run(none, 1, [layer('b')]);
  for (const name of ['a', 'b', 'a'])
    await late.differentiate(none, { layers: [layer(name)], input: false, guided: false }, none);
  await late.computeScores(none);
  late.dispose();
  expect(calls).toEqual([
    ...['compiled', 'graph runs 20', 'layers runs 1'],
    ...['layers differentiates a', 'layers differentiates b', 'layers differentiates a', 'layers scores'],
    'graph is disposed',
  ]);
});

test('after new weights nothing counts that came before: it is as if it were just opened', async () => {
  const { calls, late } = noteCalls();
  await late.run(none, 20, [layer('a')]);
  late.refresh();
  await late.run(none, 8, [layer('a')]);
  await late.run(none, 1, [layer('a')]);
  expect(calls).toEqual([
    ...['compiled', 'graph runs 20', 'graph is disposed', 'layers is refreshed', 'layers runs 8'],
    ...['compiled', 'graph runs 1'],
  ]);
});

test('an image counts once, for however many classes its gradient is taken', async () => {
  const { calls, late } = noteCalls();
  const conv = { name: 'a', shape: [2, 2, 3] } as unknown as NetworkLayer;
  for (let image = 0; image < 9; image++) await late.differentiateFrom(none, conv, new Float32Array(2 * 12), none);
  expect(calls).toEqual([...Array(8).fill('layers differentiates from a'), 'compiled', 'graph differentiates from a']);
});

test('as many images are measured at once as there is memory for, and at least one', () => {
  const article = [[148, 148, 32], [74, 74, 32], [72, 72, 64], [36, 36, 64], [34, 34, 128], [512], [1]];
  const deep = Array.from({ length: 60 }, () => [7, 7, 960]);
  const count = (shapes: number[][], batchSize: number) =>
    imagesAtOnce(
      shapes.map((shape) => ({ shape })),
      batchSize,
    );
  expect([count(article, 20), count(article, 7), count(deep, 20), count([...deep, [9000, 9000, 64]], 20)]).toEqual([
    20, 7, 1, 1,
  ]);
  const parts = layersAtOnce(deep.map((shape) => ({ shape })));
  expect(parts.map(({ length }) => length)).toEqual([8, 8, 8, 8, 8, 8, 8, 4]);
  expect(layersAtOnce(article.map((shape) => ({ shape })))).toHaveLength(1);
});

bfloat16Test('a deep network in bfloat16 is so from the first image on', async () => {
  await selectBackend('native');
  const image = tf.input({ shape: [4, 4, 2] });
  let maps = image;
  for (let block = 0; block < 41; block++) {
    maps = tf.layers.conv2d({ filters: 2, kernelSize: 1 }).apply(maps) as tf.SymbolicTensor;
  }
  const model = tf.model({ inputs: image, outputs: maps });
  const engine = openEngine(model, 'native', { uses: ['run'], precision: 'bfloat16', onFallback: () => undefined });
  const { name } = engine.layers.at(-1) as NetworkLayer;
  const images = Float32Array.from({ length: 9 * 32 }, (_, index) => (index % 7) / 7);
  const [one] = await engine.run(images.slice(0, 32), 1, [name]);
  const [all] = await engine.run(images, 9, [name]);
  expect(one?.values).toEqual(all?.values.slice(0, 32));
  // what is rounded to 8 bits leaves the last 16 of a float32 empty
  expect(new Uint32Array(one?.values.slice().buffer as ArrayBuffer).every((bits) => (bits & 0xffff) === 0)).toBe(true);
  engine.dispose();
});

nativeTest(
  'a deep network gives the same before and after it is compiled; what it cannot compile is said then',
  async () => {
    await selectBackend('native');
    const messages: string[] = [];
    const build = (last: tf.layers.Layer) => {
      const image = tf.input({ shape: [6, 6, 2] });
      let maps = image;
      for (let block = 0; block < 41; block++) {
        maps = tf.layers.conv2d({ filters: 2, kernelSize: 1, name: `conv${block}` }).apply(maps) as tf.SymbolicTensor;
      }
      return tf.model({ inputs: image, outputs: last.apply(maps) as tf.SymbolicTensor });
    };
    const open = (last: tf.layers.Layer) =>
      openEngine(build(last), 'native', { uses: ['run'], onFallback: (message) => messages.push(message) });
    const images = Float32Array.from({ length: 9 * 72 }, (_, index) => (index % 7) / 7);
    const known = open(tf.layers.reLU({ name: 'last' }));
    const [one] = await known.run(images.slice(0, 72), 1, ['last']);
    const [all] = await known.run(images, 9, ['last']);
    const difference = one?.values.map((value, index) => Math.abs(value - (all?.values[index] as number))) ?? [1];
    expect(Math.max(...difference)).toBeLessThan(1e-5);
    expect(messages).toEqual([]);
    const unknown = open(tf.layers.thresholdedReLU({ name: 'last' }));
    await unknown.run(images.slice(0, 72), 1, ['last']);
    expect(messages).toEqual([]);
    await unknown.run(images, 9, ['last']);
    expect(messages).toEqual([expect.stringMatching(/run by tfjs-layers, which is slower: last: .*ThresholdedReLU/)]);
    for (const engine of [known, unknown]) engine.dispose();
  },
);
