import { readFileSync } from 'node:fs';
import type { Monitor } from '../../src/runs/monitor.js';

interface KerasCallbacks {
  /** one figure an epoch */
  values: Record<string, (number | null)[]>;
  cosine: { total: number; warmup: number; rate: number; final: number; rates: number[] }[];
  plateau: {
    monitor: Monitor;
    factor: number;
    patience: number;
    min_delta: number;
    cooldown: number;
    min_lr: number;
    rates: number[];
  }[];
  earlyStopping: { monitor: Monitor; patience: number; epochs: number; stopped: boolean; bestEpoch: number }[];
}

/** What Keras's schedule and callbacks made of scripted epochs: fixtures/scripts/callbacks.py. */
export const keras: KerasCallbacks = JSON.parse(
  readFileSync(new URL('../fixtures/callbacks.json', import.meta.url), 'utf8'),
);

/** The scripted epochs; JSON has no NaN. */
export function scriptedValues(monitor: Monitor): number[] {
  return (keras.values[monitor] ?? []).map((value) => value ?? Number.NaN);
}
