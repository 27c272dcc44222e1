// What changes how a training goes gives workers what it gives one process.

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { findBfloat16Support } from '../../../src/backend/processor.js';
import { testUnless } from '../../helpers/skip.js';
import { expectSame, workersTest as it, useWorkers, whyNoWorkers } from './workers-fixture.js';

const { place, args, sgd, readLosses, readRecord, trainAlone, trainTogether, runTogether, runAlone } = useWorkers();

const bfloat16 = testUnless(
  whyNoWorkers ??
    (findBfloat16Support() === 'none' ? 'this processor has no AVX-512, which bfloat16 needs' : undefined),
);

describe('what is decided after an epoch', () => {
  const callbacks = [
    ...['--epochs', '40', '--monitor', 'val_accuracy', '--early-stopping', '6'],
    ...['--reduce-on-plateau', '--plateau-patience', '2', '--plateau-factor', '0.5'],
  ];

  it('plateaus, the end and the best epoch are those of one process', async () => {
    const together = await trainTogether(2, ...args(...callbacks));
    const alone = await trainAlone(...args(...callbacks));
    expectSame(together, alone, 1e-5);
    const [shared, own] = [await readRecord(), await readRecord(join(place.folder, 'alone'))];
    expect(shared.history.learning_rate).toEqual(own.history.learning_rate);
    expect(new Set(own.history.learning_rate).size).toBeGreaterThan(2);
    expect(alone.length).toBeLessThan(40);
    expect(shared.weights.best?.epoch).toBe(own.weights.best?.epoch);
  });
});

describe('what images become', () => {
  it('JPEGs are decoded in the graph to the same losses', async () => {
    const jpegs = join(place.folder, 'jpegs');
    for (const folder of ['train/cats', 'train/dogs', 'validation/cats', 'validation/dogs']) {
      mkdirSync(join(jpegs, folder), { recursive: true });
      for (const name of readdirSync(join(place.pets, folder))) {
        await sharp(join(place.pets, folder, name))
          .jpeg()
          .toFile(join(jpegs, folder, name.replace('png', 'jpg')));
      }
    }
    const options = ['--data', jpegs, ...sgd, '--epochs', '4'];
    expectSame(await trainTogether(2, ...options), await trainAlone(...options), 1e-5);
  });
});

describe('a run goes on with another number of workers', () => {
  it.each([
    [1, 2],
    [2, 1],
    [3, 2],
  ])('%i, then %i: to rounding, which it says', async (before, after) => {
    const epochs = (count: number) => ['--epochs', String(count)];
    const start = args(...epochs(3));
    if (before === 1) await runAlone(...start);
    else await trainTogether(before, ...start);
    const more = ['--resume', 'run', ...epochs(6)];
    const text = after === 1 ? await runAlone(...more) : (await runTogether(Array(after).fill(more)))[0];
    expect(text).toMatch(new RegExp(`not be bit-for-bit.*workers ${before}, now ${after}`));
    const { resumptions } = await readRecord();
    expect(resumptions).toMatchObject([
      { step: 3, differences: expect.arrayContaining([`workers ${before}, now ${after}`]) },
    ]);
    expectSame(readLosses(), await trainAlone(...args(...epochs(6))), 1e-5);
  });
});

bfloat16('bfloat16 is what one process computes, to its rounding', async () => {
  const options = args('--precision', 'bfloat16', '--epochs', '4');
  const together = await trainTogether(2, ...options);
  expect(await readRecord()).toMatchObject({ precision: 'bfloat16' });
  expectSame(together, await trainAlone(...options), 1e-3);
});
