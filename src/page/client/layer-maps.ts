// A layer's maps as the page has them: in steps.

import { nonValueIndex } from '../../rendering/normalize.js';
import type { LayerData } from '../image-data.js';

/** One channel's values as steps between two values; `nonValueIndex` where there is no number. */
export type Steps = Uint16Array;

export interface ChannelMap {
  readonly steps: Steps;
  /** from `low` to `high` */
  readonly stepCount: number;
  /** what the first step stands for */
  readonly low: number;
  /** what the last one stands for */
  readonly high: number;
}

export interface LayerMaps {
  readonly layer: LayerData;
  readonly channels: readonly ChannelMap[];
}

/** How far a value may be from that of its step, either way. */
export function halfStep({ low, high, stepCount }: Omit<ChannelMap, 'steps'>): number {
  return (high - low) / (stepCount - 1) / 2;
}

/** The value that a step stands for; NaN where there is no number. */
export function valueOfStep(step: number, { low, high, stepCount }: Omit<ChannelMap, 'steps'>): number {
  return step === nonValueIndex ? Number.NaN : low + ((high - low) * step) / (stepCount - 1);
}
