// A training as a page shows it over its epochs: what a file holds, and what a server sends. Shared with client/ by type alone.

import type { CellPlaces } from '../../base/cell-places.js';

/**
 * waiting: no epoch is done yet; gone: the process that trained has ended without a word; the others are as in run.json, running
 * only while a process trains
 */
export type RunStatus = 'waiting' | 'running' | 'finished' | 'interrupted' | 'diverged' | 'gone';

/** A run at one moment. */
export interface RunState {
  /** which run it is: when it began, ISO 8601; empty before its first epoch is saved */
  startedAt: string;
  status: RunStatus;
  /** asked for; 0: not known */
  epochs: number;
  /** whole epochs done */
  done: number;
  /** one number an epoch, null where there was none; accuracies 0..1 */
  history: RunCurves;
  /** seconds of each epoch */
  durations: readonly (number | null)[];
  /** from 1 */
  bestEpoch?: number;
  classNames: readonly string[];
  /** of its probe, in order; none where nothing is kept of it */
  images: readonly ProbePicture[];
  /** of which there is a frame: 0 is before the training */
  frames: readonly number[];
  /** whether a page of its last state lies in its folder */
  hasReport: boolean;
}

export interface RunCurves {
  loss: Numbers;
  accuracy: Numbers;
  validationLoss?: Numbers;
  validationAccuracy?: Numbers;
}

type Numbers = readonly (number | null)[];

export interface ProbePicture {
  name: string;
  /** as the network gets it: a data address */
  picture: string;
}

/** What the layers made of the probe's images after an epoch. */
export interface TimeFrame {
  epoch: number;
  images: readonly TimeImage[];
  /** why its images have no evidence, where the network has none to show */
  noEvidence?: string;
}

export interface TimeImage {
  /** the probability of each class, 0..1; empty where they are not numbers */
  probabilities: readonly number[];
  layers: readonly TimeLayer[];
  /** absent where it cannot be had, or was not kept */
  evidence?: TimeEvidence;
}

/** HiResCAM's maps of some classes, with at most 16 cells a side. */
export interface TimeEvidence {
  /** the layer's name */
  layer: string;
  width: number;
  height: number;
  /** where the cells lie on the image */
  cells: CellPlaces;
  /** null: not a number */
  maps: readonly { classIndex: number; values: Numbers }[];
}

/** Some channels of a layer, in few bytes. */
export interface TimeLayer {
  name: string;
  width: number;
  height: number;
  /** of all in the layer */
  channelCount: number;
  /** the numbers of those that are here, rising */
  channels: readonly number[];
  /** the smallest and the largest value of each of them in this frame */
  ranges: readonly (readonly [number, number])[];
  /** one byte a value, channel by channel, deflated, in base64: 0 is the smallest, 62 the largest, 63 no number */
  codes: string;
}

/** A training as a file holds it. */
export interface TimeSummary {
  run: RunState;
  /** of `run.frames`, in their order; none where a server has them */
  frames: readonly TimeFrame[];
  /** epochs that are left out, as all would make the page too large */
  leftOut: number;
}
