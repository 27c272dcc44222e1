import type { Checkpoint } from '../../src/runs/checkpoint.js';
import { type RunState, startRun } from '../../src/runs/run.js';

/** A run of one epoch, as training would describe it. */
export function makeRunState(change: Partial<RunState> = {}): RunState {
  return {
    ...startRun({
      startedAt: '2026-01-02T03:04:05.000Z',
      status: 'running',
      classNames: ['cats', 'dogs'],
      preprocessing: { height: 12, width: 12, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 },
      options: { epochs: 1 },
      seed: 1,
      counts: { train: 40, validation: 20 },
      model: { layers: [], parameterCount: 0, trainableParameterCount: 0 },
      history: { loss: [0.7], acc: [0.5] },
      badFiles: [],
      backend: { name: 'cpu', version: '0', threads: 1 },
      engine: 'layers',
      precision: 'float32',
      resumptions: [],
      versions: { cnnviz: '0', node: '0', tfjs: '0' },
    }),
    ...change,
  };
}

/** A checkpoint of a run without an optimizer's slots, at a moment. */
export function makeCheckpoint(epoch: number, step: number, change: Partial<Checkpoint> = {}): Checkpoint {
  return {
    runStartedAt: '2026-01-02T03:04:05.000Z',
    progress: {
      epoch,
      step,
      position: { pass: 0, offset: 0 },
      sums: { loss: 0, correctCount: 0, exampleCount: 0 },
      runawaySteps: 0,
      history: { loss: new Array<number>(epoch).fill(0.7) },
    },
    slots: [],
    computer: {
      backend: 'cpu',
      version: '0',
      threads: 1,
      cpu: 'none',
      engine: 'layers',
      precision: 'float32',
      cnnviz: '0',
    },
    ...change,
  };
}
