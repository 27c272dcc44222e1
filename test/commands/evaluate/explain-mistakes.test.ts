import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { createRandom } from '../../../src/base/random.js';
import { type Color, createRaster, fillRectangle } from '../../../src/base/raster.js';
import { describeEvidence, nameColor, namePosition } from '../../../src/commands/evaluate/evidence-features.js';
import { explainMistakes } from '../../../src/commands/evaluate/explain-mistakes.js';
import { describeGroup, describeMistakes, listGroup } from '../../../src/commands/evaluate/mistake-group-words.js';
import { drawMistakeGroups } from '../../../src/commands/evaluate/mistake-groups.js';
import type { MistakeGroup } from '../../../src/commands/evaluate/result.js';
import type { TrainedNetwork } from '../../../src/commands/shared/network-in-use.js';
import type { Engine } from '../../../src/engines/contract/engine.js';
import { openEngine } from '../../../src/engines/open.js';
import type { Scores } from '../../../src/evaluation/scores.js';
import { SHEET_CELL } from '../../../src/rendering/contact-sheet.js';
import { encodePng } from '../../../src/rendering/png.js';
import { textWidth } from '../../../src/rendering/text.js';
import { decodePng } from '../../helpers/decode-png.js';

const size = 24;
let folder: string;
let trained: TrainedNetwork;
let paths: string[];

/** Counts what is not red: green at channel 1, blue at channel 2; both speak for class 1 wherever they are. */
function buildNetwork(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [size, size, 3], filters: 3, kernelSize: 1, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 4 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  const identity = tf.reshape(tf.eye(3), [1, 1, 3, 3]);
  const weights = Array.from({ length: 36 * 3 }, (_, at) => (at % 3 === 0 ? -0.1 : 1));
  model.setWeights([identity, tf.zeros([3]), tf.tensor(weights, [36 * 3, 1]), tf.tensor1d([-1])]);
  return model;
}

async function drawImage(name: string, patch: { color: Color; x: number; y: number } | undefined): Promise<string> {
  const random = createRandom(1, 'sample', Number.parseInt(name, 10));
  const raster = createRaster(size, size, [60, 10, 10]);
  for (let at = 0; at < raster.data.length; at += 4) (raster.data[at] as number) += Math.floor(20 * random());
  if (patch) fillRectangle(raster, patch.x, patch.y, 8, 8, patch.color);
  const path = join(folder, `${name}.png`);
  await fs.writeFile(path, encodePng(raster));
  return path;
}

beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-mistakes-'));
  paths = [];
  for (let index = 0; index < 100; index++) {
    const green = { color: [20, 220, 20] as Color, x: 0, y: 0 };
    const blue = { color: [20, 20, 220] as Color, x: 16, y: 16 };
    paths.push(await drawImage(`${index}`, index < 20 ? undefined : index < 70 ? green : blue));
  }
  await selectBackend('cpu');
  const network: Engine = openEngine(buildNetwork(), 'cpu', { uses: ['run', 'score'], onFallback: () => undefined });
  const preprocessing = {
    ...{ height: size, width: size, interpolation: 'nearest' as const },
    ...{ autoOrient: false, rescale: 1 / 255 },
  };
  trained = { network, preprocessing } as TrainedNetwork;
  return async () => {
    network.dispose();
    await fs.rm(folder, { recursive: true });
  };
});

/** As if the network had taken so many images, all of class 0, for class 1, from the 21st on. */
function scoresOf(wrong: number): Scores {
  const probabilities = Float32Array.from({ length: 200 }, (_, at) => {
    const isWrong = at >= 40 && at < 40 + 2 * wrong;
    return at % 2 === (isWrong ? 1 : 0) ? 0.9 : 0.1;
  });
  return {
    ...{ classCount: 2, probabilities, classIndexes: new Int32Array(100) },
    imageIndexes: Int32Array.from({ length: 100 }, (_, image) => image),
  };
}

describe('mistakes by a green patch at the top left, and by a blue one at the bottom right', () => {
  const names = { classNames: ['cats', 'dogs'] };

  test('are two groups, each with its place, color, channel, share and images', async () => {
    const { layer, classes } = await explainMistakes(trained, { scores: scoresOf(80), paths, ...names }, {});
    expect(layer).toMatch(/^max_pooling2d/);
    const [dogs] = classes;
    expect(classes).toHaveLength(1);
    expect(dogs).toMatchObject({ className: 'dogs', mistakeCount: 80, explainedCount: 80 });
    expect(dogs?.stability).toBeGreaterThan(0.98);
    expect(dogs?.groups).toHaveLength(2);
    const [green, blue] = dogs?.groups ?? [];
    expect(green).toMatchObject({ imageCount: 50, share: 0.625, position: 'top left', colorName: 'green' });
    expect(green?.channels[0]).toBe(1);
    expect(green?.images.toSorted()).toEqual(paths.slice(20, 70).toSorted());
    expect(blue).toMatchObject({ imageCount: 30, share: 0.375, position: 'bottom right', colorName: 'blue' });
    expect(blue?.channels[0]).toBe(2);
    expect(blue?.images.toSorted()).toEqual(paths.slice(70).toSorted());
    expect(dogs && describeMistakes(dogs)).toMatch(/^80 images wrongly predicted dogs: 2 groups \(on four fifths/);
    expect(blue && describeGroup(blue)).toMatch(/^38 %: evidence bottom right, blue; channels? 2/);
  });

  test('are drawn with eight images a group, fewer where it has fewer', async () => {
    const explained = await explainMistakes(trained, { scores: scoresOf(80), paths, ...names }, {});
    const sheet = await drawMistakeGroups(explained, { words: ['a network'], texts: {} });
    expect(sheet?.name).toBe('mistake-groups.png');
    const { height } = decodePng(sheet?.content as Uint8Array);
    expect(Math.round(height / 430)).toBe(4); // four rows of four
  });

  test('are not grouped where they are too few', async () => {
    const few = await explainMistakes(trained, { scores: scoresOf(29), paths, ...names }, {});
    expect(few.classes).toEqual([{ className: 'dogs', mistakeCount: 29, explainedCount: 0, groups: [] }]);
    expect(describeMistakes(few.classes[0] as never)).toMatch(/too few to group, 30 are needed$/);
  });

  test('are one group where there is only the green patch, with its place, color, channel and images', async () => {
    const alike = await explainMistakes(trained, { scores: scoresOf(50), paths, ...names }, {});
    const [dogs] = alike.classes;
    expect(dogs).toMatchObject({ mistakeCount: 50, explainedCount: 50 });
    expect(dogs?.spread).toBeLessThan(0.1);
    expect(dogs?.groups).toHaveLength(1);
    const [green] = dogs?.groups ?? [];
    expect(green?.images.toSorted()).toEqual(paths.slice(20, 70).toSorted());
    expect(green && describeGroup(green)).toMatch(/^100 %: evidence top left, green; channels? 1/);
    expect(dogs && describeMistakes(dogs)).toMatch(
      /^50 images wrongly predicted dogs: one group \(the evidence varies 0/,
    );
    const sheet = await drawMistakeGroups(alike, { words: [], texts: {} });
    expect(sheet?.name).toBe('mistake-groups.png');
  });

  test('are in no group where each has another place and color', async () => {
    const random = createRandom(7, 'sample');
    const draw = (least: number, range: number) => Math.floor(least + range * random());
    const different: string[] = [];
    for (let index = 0; index < 100; index++) {
      const color: Color = [draw(0, 255), draw(100, 155), draw(100, 155)];
      different.push(await drawImage(`${index}-different`, { color, x: draw(0, 17), y: draw(0, 17) }));
    }
    const explained = await explainMistakes(trained, { scores: scoresOf(50), paths: different, ...names }, {});
    expect(explained.classes).toEqual([{ className: 'dogs', mistakeCount: 50, explainedCount: 50, groups: [] }]);
    expect(describeMistakes(explained.classes[0] as never)).toMatch(
      /dogs: not shown to fall into groups; they may have one thing in common, or nothing$/,
    );
    expect(await drawMistakeGroups(explained, { words: [], texts: {} })).toBeUndefined();
  });

  test('end when the call is stopped', async () => {
    const signal = AbortSignal.abort();
    const stopped = explainMistakes(trained, { scores: scoresOf(80), paths, ...names }, { signal });
    await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

test('evidence is described by where it is above 0, the color of the image there and its channels', () => {
  const map = { width: 3, height: 2, values: Float32Array.of(0, -5, 3, 0, 0, 1) };
  const pixels = new Uint8Array(6 * 4 * 3).fill(51);
  for (let y = 0; y < 2; y++) for (let x = 4; x < 6; x++) pixels.set([255, 0, 0], 3 * (y * 6 + x));
  const cells = { rows: [0.25, 0.75], columns: [1 / 6, 0.5, 5 / 6] };
  const about = { cells, size: { width: 6, height: 4 }, pixels, channels: Float64Array.of(3, 0, -4) };
  const { position, color, channels } = describeEvidence(map, about);
  expect([...position]).toEqual([0, 0, 0.75, 0, 0, 0, 0, 0, 0.25].map((share) => expect.closeTo(share, 6)));
  expect(color[0]).toBeGreaterThan(0.5);
  expect(color[1]).toBeLessThan(0.15);
  expect([...channels]).toEqual([0.6, 0, -0.8].map((value) => expect.closeTo(value, 12)));
});

test.each([
  [[0.4, 0.1, 0, 0.25, 0, 0, 0.25, 0, 0], 'left'],
  [[0, 0, 0, 0, 0.7, 0.1, 0, 0.2, 0], 'middle'],
  [[0, 0, 0, 0, 0, 0, 0.2, 0.2, 0.6], 'bottom right'],
  [[0.3, 0.3, 0.4, 0, 0, 0, 0, 0, 0], 'top'],
  [[0.2, 0, 0.2, 0, 0.2, 0, 0.2, 0, 0.2], 'all over'],
])('%j is %s', (shares, name) => {
  expect(namePosition(Float64Array.from(shares))).toBe(name);
});

test.each([
  [[0.43, 0.5, 0.3], 'green'],
  [[0.05, 0.05, 0.06], 'black'],
  [[0.5, 0.5, 0.52], 'gray'],
  [[0.9, 0.92, 0.95], 'white'],
  [[0.5, 0.35, 0.2], 'brown'],
  [[0.3, 0.4, 0.8], 'blue'],
  [[0.8, 0.1, 0.1], 'red'],
])('%j is %s', (color, name) => {
  expect(nameColor(Float64Array.from(color))).toBe(name);
});

test('on the sheet a group has lines that fit, however long its words', () => {
  const words = { share: 1, position: 'middle height right', colorName: 'turquoise', channels: [2046, 2044, 2042] };
  const lines = listGroup(words as unknown as MistakeGroup, 5);
  expect(lines).toEqual([
    'group 6: 100 %',
    'place: middle height right',
    'color: turquoise',
    'channels 2046, 2044, 2042',
  ]);
  for (const line of lines) expect(textWidth(line, 2)).toBeLessThanOrEqual(SHEET_CELL);
});
