import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Summary } from '../../../src/output/tensorboard/event.js';
import { EventFile } from '../../../src/output/tensorboard/event-file.js';

const fixture = fileURLToPath(new URL('../../fixtures/tensorboard', import.meta.url));

/** A PNG of one red pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';
const picture = { width: 1, height: 1, png: Buffer.from(PNG, 'base64') };

const KERNEL = Float32Array.of(-1, -0.5, 0, 0.5, 2, Number.NaN);

function epoch(loss: number): Summary[] {
  return [
    { tag: 'epoch_loss', scalar: loss },
    { tag: 'conv2d_1/kernel', values: KERNEL },
    { tag: 'conv2d_1/bias', values: new Float32Array(3) },
    { tag: 'dense_1/kernel', values: Float32Array.of(Number.NaN) },
    { tag: 'activations/conv2d_1', picture },
  ];
}

/** Three epochs, and the third once more after a stop; a second passes with every event. */
async function writeEvents(folder: string): Promise<void> {
  let seconds = 1_700_000_000;
  const now = () => seconds++ + 0.25;
  const first = await EventFile.begin(folder, now);
  await first.append({ kind: 'restart', step: 1 });
  for (const step of [1, 2, 3]) await first.append({ kind: 'summaries', step, summaries: epoch(1 / step) });
  const second = await EventFile.begin(folder, now);
  await second.append(
    { kind: 'restart', step: 3 },
    { kind: 'summaries', step: 3, summaries: epoch(0.25) },
    { kind: 'summaries', step: 300, summaries: epoch(Number.NaN) },
  );
}

const read = () => JSON.parse(readFileSync(join(fixture, 'events.json'), 'utf8'));

test('the files are, byte for byte, those that TensorBoard has read', async () => {
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(fixture, { recursive: true, force: true });
    mkdirSync(fixture);
    await writeEvents(fixture);
    writeFileSync(join(fixture, 'events.json'), '{}');
  }
  const folder = mkdtempSync(join(tmpdir(), 'cnnviz-events-'));
  try {
    await writeEvents(folder);
    const names = readdirSync(folder).sort();
    expect(names).toEqual(Object.keys(read().events));
    for (const name of names) {
      expect(readFileSync(join(folder, name)).equals(readFileSync(join(fixture, name))), name).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('TensorBoard has found every event and every tag', () => {
  const { events, dashboards } = read();
  const steps = Object.values<{ time: number; step: number; what: string }[]>(events).flat();
  expect(steps.map(({ what, step }) => [what, step])).toEqual([
    ...[
      ['file_version', 0],
      ['session_log', 1],
      ['summary', 1],
      ['summary', 2],
      ['summary', 3],
    ],
    ...[
      ['file_version', 0],
      ['session_log', 3],
      ['summary', 3],
      ['summary', 300],
    ],
  ]);
  // One second is the name's.
  expect(steps.map(({ time }) => time - 1_700_000_000.25)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10]);
  expect(dashboards).toEqual({
    scalars: ['epoch_loss'],
    histograms: ['conv2d_1/bias', 'conv2d_1/kernel'],
    images: ['activations/conv2d_1'],
  });
});

test('TensorBoard has read what was written, and the third epoch but once', () => {
  const { scalars, histograms, images } = read();
  expect(scalars.epoch_loss.map(({ step, value }: { step: number; value: number }) => [step, value])).toEqual([
    ...[
      [1, 1],
      [2, 0.5],
      [3, 0.25],
      [300, null],
    ],
  ]);
  const kernels: { step: number }[] = histograms['conv2d_1/kernel'];
  expect(kernels.map(({ step }) => step)).toEqual([1, 2, 3, 300]);
  // Bins of a tenth from -1 on: 0 is the lower end of the eleventh, 2 belongs to the last.
  const counts = Array.from({ length: 30 }, (_, bin) => Number([0, 5, 10, 15, 29].includes(bin)));
  expect(kernels[0]).toEqual({
    ...{ step: 1, min: -1, max: 2, count: 5, sum: 1, sumOfSquares: 5.5, counts },
    limits: counts.map((_, bin) => expect.closeTo(-1 + (bin + 1) / 10, 12)),
  });
  expect(histograms['conv2d_1/bias'][0]).toEqual({
    ...{ step: 1, min: 0, max: 0, count: 3, sum: 0, sumOfSquares: 0, limits: [0], counts: [3] },
  });
  expect(images['activations/conv2d_1'][3]).toEqual({ step: 300, width: 1, height: 1, png: PNG });
});
