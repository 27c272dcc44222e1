// A run's folder as a training leaves it, step by step.

import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { writeFileAtomically } from '../../src/disk/files.js';
import { encodeChannels } from '../../src/film/codes.js';
import { writeFrame, writeProbeImages } from '../../src/film/film-folder.js';
import { encodeLayer, type Frame, type FrameEvidence } from '../../src/film/frame.js';
import type { FilmLayer } from '../../src/film/probe-images.js';
import { type RunRecord, startRun } from '../../src/runs/run.js';
import { lockRun, unlockRun } from '../../src/runs/run-lock.js';

/** A layer's maps: channel 1 grows with the epochs, channel 0 has numbers below 0. */
function mapsOf(epoch: number, size: number): Float32Array {
  return Float32Array.from({ length: 2 * size * size }, (_, at) => (at >> 1) * (at % 2 === 0 ? -1 : epoch + 1));
}

/** For dogs in the upper left of four cells, and as much against them in the lower right. */
function evidenceOf(strength: number): FrameEvidence {
  const map = (sign: number) => Float32Array.of(sign * strength, 0, 0, -sign * strength);
  const maps = [-1, 1].map((sign, classIndex) => {
    return { classIndex, channel: encodeChannels(map(sign), 1)[0] as FrameEvidence['maps'][number]['channel'] };
  });
  const middles = [0.25, 0.75];
  return { layer: 'pool', height: 2, width: 2, cells: { rows: middles, columns: middles }, maps };
}

function frameOf(epoch: number, { outputOf, layers, strength }: GrowingRun['frames'], size = 4): Frame {
  const outputs = outputOf(epoch);
  const layer = (name: string, kind: string) =>
    encodeLayer({ name, shape: [1, size, size, 2], values: mapsOf(epoch, size) }, kind);
  const shown = [layer(layers[0], 'Conv2D'), layer(layers[1], 'MaxPooling2D')];
  if (strength === undefined) return { epoch, images: [{ outputs: [outputs], layers: shown }] };
  return { epoch, images: [{ outputs: [outputs], layers: shown, evidence: evidenceOf(strength * epoch) }] };
}

/** Each cell sees 3 x 3 pixels around it; the pooling is a copy of the convolution. */
function networkOf([conv, pool]: readonly [string, string]): FilmLayer[] {
  const side = { from: [0, 0, 1, 2], to: [2, 3, 4, 4], middle: [0.5, 1.5, 2.5, 3.5] };
  const maps = { shape: [4, 4, 2], parameterCount: 56, field: { rows: side, columns: side } };
  return [
    { name: 'input', kind: 'InputLayer', shape: [4, 4, 3], parameterCount: 0, inputs: [] },
    { ...maps, name: conv, kind: 'Conv2D', inputs: ['input'] },
    { ...maps, name: pool, kind: 'MaxPooling2D', parameterCount: 0, inputs: [conv] },
    { name: 'flatten', kind: 'Flatten', shape: [32], parameterCount: 0, inputs: [pool], flattens: pool },
    { name: 'dense_1', kind: 'Dense', shape: [8], parameterCount: 264, inputs: ['flatten'] },
    { name: 'dense_2', kind: 'Dense', shape: [1], parameterCount: 9, inputs: ['dense_1'] },
  ];
}

function recordOf(epochs: number, change: Partial<RunRecord> = {}): RunRecord {
  const numbers = Array.from({ length: epochs }, (_, index) => 1 / (index + 1));
  const last = { folder: `epoch-${String(epochs).padStart(4, '0')}`, epoch: epochs, step: epochs * 2 };
  return {
    ...startRun({
      ...{ startedAt: '2026-01-02T03:04:05.000Z', status: 'running', classNames: ['cats', 'dogs'], seed: 1 },
      preprocessing: { height: 4, width: 4, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 },
      options: { epochs: 5 },
      counts: { train: 8, validation: 4 },
      model: { layers: [], parameterCount: 1, trainableParameterCount: 1 },
      history: { loss: numbers, acc: numbers, val_loss: numbers, val_acc: numbers },
      epochSeconds: numbers,
      ...{ badFiles: [], resumptions: [], engine: 'graph', precision: 'float32' },
      film: { folder: 'film-1', images: ['cat.jpg'] },
      backend: { name: 'native', version: '1', threads: 1 },
      versions: { cnnviz: '1', node: '1', tfjs: '1' },
    }),
    weights: { last },
    checkpoints: [last],
    ...change,
  };
}

export interface GrowingRun {
  readonly folder: string;
  /** Saves as many epochs as there are then. */
  save(epochs: number, change?: Partial<RunRecord>): Promise<void>;
  /** of the frames that are saved from now on */
  frames: {
    outputOf: (epoch: number) => number;
    /** a convolution and a pooling */
    layers: readonly [string, string];
    /** of the evidence, times the epoch; absent: none is kept */
    strength?: number;
  };
}

const usualFrames: GrowingRun['frames'] = { outputOf: (epoch) => 0.1 * (epoch + 1), layers: ['conv', 'pool'] };

/** Before each test a new one, which this process trains. */
export function useGrowingRun(): GrowingRun {
  const run = {
    folder: '',
    frames: usualFrames,
    async save(epochs: number, change: Partial<RunRecord> = {}) {
      const film = join(run.folder, 'film-1');
      const pixels = Uint8Array.from({ length: 48 }, (_, index) => index);
      await writeProbeImages(film, {
        ...{ width: 4, height: 4, network: networkOf(run.frames.layers) },
        images: [{ name: 'cat.jpg', path: '/photos/cats/cat.jpg', pixels }],
      });
      for (let epoch = 0; epoch <= epochs; epoch++) await writeFrame(film, frameOf(epoch, run.frames));
      await writeFileAtomically(join(run.folder, 'run.json'), JSON.stringify(recordOf(epochs, change)));
    },
  };
  beforeEach(async () => {
    run.folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-live-')));
    await lockRun(run.folder);
    run.frames = usualFrames;
  });
  afterEach(async () => {
    await unlockRun(run.folder);
    await fs.rm(run.folder, { recursive: true });
  });
  return run;
}
