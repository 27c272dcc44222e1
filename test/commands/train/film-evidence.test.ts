// The evidence in a film is what `explain` finds in the weights that were saved.

import fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadNetwork } from '../../../src/commands/shared/load-network.js';
import { readFilm } from '../../../src/commands/timelapse/read-film.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import { scoresOf } from '../../../src/engines/contract/scores.js';
import { type ClassMap, explainInput } from '../../../src/explain/explain-input.js';
import { locateCells } from '../../../src/explain/locate-cells.js';
import { selectSpatialLayer } from '../../../src/explain/select-layer.js';
import { chooseClasses, classTarget } from '../../../src/explain/targets.js';
import { decodeChannel } from '../../../src/film/codes.js';
import type { FrameEvidence } from '../../../src/film/frame.js';
import { nativeTest } from '../../helpers/native.js';
import { small, stopAt, useResumePlace } from './resume-fixture.js';

const place = useResumePlace();
const cat = () => join(place.pets, 'train/cats/cat.0.png');

/** What `explain` makes of an image by default. */
async function explainLast(path: string, image: string, backend: TrainOptions['backend']) {
  const { network, readInput, dispose } = await loadNetwork({
    model: path,
    weights: 'last',
    ...(backend && { backend }),
  });
  const scores = scoresOf(network);
  const layer = selectSpatialLayer(scores.layers);
  const input = await readInput(image);
  const classScores = await scores.computeScores(input);
  const targets = chooseClasses(classScores.scores, scores.outputKind).map((index) =>
    classTarget(index, scores.scoreCount),
  );
  const [found] = await explainInput(scores, input, classScores, { layers: [layer], targets, methods: ['hirescam'] });
  dispose();
  return { layer: layer.name, cells: locateCells(layer, network.inputShape), maps: found?.maps as ClassMap[] };
}

async function expectExplained(options: TrainOptions): Promise<FrameEvidence> {
  const { path } = await train(options);
  const { images, noEvidence } = await (await readFilm(path)).readFrame(options.epochs as number);
  const evidence = images[0]?.evidence as FrameEvidence;
  const { maps, ...about } = await explainLast(path, cat(), options.backend);
  expect({ layer: evidence.layer, cells: evidence.cells, noEvidence }).toEqual({ ...about, noEvidence: undefined });
  expect(evidence.maps.map(({ classIndex }) => classIndex)).toEqual(maps.map(({ classIndex }) => classIndex));
  for (const [index, { channel }] of evidence.maps.entries()) {
    const { values } = decodeChannel(channel, evidence);
    const expected = maps[index]?.map.values as Float32Array;
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0);
    for (const [cell, value] of values.entries()) {
      const step = (channel.max - channel.min) / 508;
      expect(Math.abs(value - (expected[cell] as number))).toBeLessThanOrEqual(step + 1e-6 * Math.abs(channel.max));
    }
  }
  return evidence;
}

describe('the evidence after an epoch', () => {
  test('is that of explain on the saved weights, to half a step', async () => {
    const { maps } = await expectExplained(small(place, { probe: [cat()] }));
    expect(maps).toHaveLength(2);
  });

  nativeTest('is so in the graph, which is the same one in every epoch', async () => {
    await expectExplained(small(place, { probe: [cat()], backend: 'native', precision: 'float32' }));
  });

  test('is of the most probable two of several classes', async () => {
    const data = join(place.folder, 'three');
    await fs.cp(place.pets, data, { recursive: true });
    for (const split of ['train', 'validation']) {
      await fs.cp(join(data, split, 'dogs'), join(data, split, 'wolves'), { recursive: true });
    }
    const { maps } = await expectExplained(small(place, { data, probe: [cat()], epochs: 1, check: false }));
    expect(maps).toHaveLength(2);
  });

  nativeTest('and all else in the film is the same, byte for byte, where the run was stopped', async () => {
    const native = { probe: [cat()], backend: 'native', precision: 'float32' } as const;
    const { path: unbroken } = await train(small(place, { ...native, out: 'unbroken' }));
    const { path } = await train(small(place, { ...native, out: 'stopped', ...stopAt('saved', 1) }));
    await train({ resume: path, ...stopAt('step', 2) });
    await train({ resume: path });
    for (const epoch of [0, 1, 2, 3]) {
      const bytes = (run: string) => fs.readFile(join(run, `film-1/frame-000${epoch}.gz`), 'base64');
      expect(await bytes(path)).toBe(await bytes(unbroken));
    }
  });
});
