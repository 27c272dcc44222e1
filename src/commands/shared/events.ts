// Everything that a workflow reports, as one union.

import type { SetupEvent } from '../../backend/native/provision/events.js';
import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import type { SplitName, SplitPlace, UnusableSplit } from '../../dataset/folder/image-folder.js';
import type { LeftOut } from '../../dataset/folder/left-out.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { EvidenceKind } from '../../explain/evidence.js';
import type { Monitor } from '../../runs/monitor.js';
import type { LockWaitingEvent } from '../../runs/run-lock.js';
import type { Overlap } from './overlap.js';
import type { SplitChoice } from './split-parts.js';

/** What a workflow tells about its work while it goes on. One object is one line of `--json`: plain data only. */
export type WorkflowEvent =
  | ({ type: 'backend' } & SelectedBackend)
  | DataEvent
  /** how --group-by divided the images; sharedCount: groups on both sides, of a folder that has both */
  | { type: 'groups'; groupBy: string; trainCount: number; validationCount: number; sharedCount: number }
  /** how the images to be used, all or a part of a folder, overlap with those of the network's run */
  | ({ type: 'overlap'; split: SplitChoice | null; imageCount: number } & Overlap)
  /** something went another way than asked for, and the work goes on; said once */
  | { type: 'warning'; message: string }
  | ({ type: 'bad-image' } & BadFile)
  | ModelEvent
  | TrainingEvent
  | EvaluationEvent
  | ActivationsEvent
  | ExplanationEvent
  /** what is to be said of the method that explained an image */
  | { type: 'caution'; image: string; sentence: string }
  /** a layer's kernels were drawn; shape: [height, width, input channels, filters] */
  | { type: 'kernels'; name: string; shape: number[] }
  /** pictures of the sample set so far, and how many there will be */
  | { type: 'picture-drawn'; drawn: number; total: number }
  /** images of a split examined so far, and copied or linked so far, and how many there will be */
  | { type: 'image-examined'; done: number; total: number }
  | { type: 'image-placed'; done: number; total: number }
  /** files looked at so far to recognize the images of a run, once that takes a while; those that are read count twice */
  | { type: 'image-recognized'; done: number; total: number }
  | { type: 'file-written'; path: string }
  | SetupEvent
  /** several times while a run cannot be had before its last holder, on another machine, counts as gone */
  | LockWaitingEvent;

export type DataEvent =
  /** which folders of a data folder are used, where there was a choice */
  | { type: 'data-places'; root: string; places: Partial<Record<SplitName, SplitPlace>> }
  /** images were listed; split: null for a folder that is not divided; classCounts: images of each class, in their order */
  | { type: 'dataset'; split: SplitChoice | null; imageCount: number; classNames: string[]; classCounts: number[] }
  /** a split that is there and cannot be used */
  | ({ type: 'unusable-split' } & UnusableSplit)
  /** what lies in the data folder and is not used, once for each reason */
  | ({ type: 'left-out'; root: string } & LeftOut);

/** The network is built (no path) or loaded; `path` is the run or the model file, `epoch` when its weights were taken. */
export interface ModelEvent {
  type: 'model';
  parameterCount: number;
  path?: string;
  weights?: 'last' | 'best';
  epoch?: number;
}

export type TrainingEvent =
  /** what an example of each class counts in training, where that is not the same for all */
  | { type: 'class-weights'; classNames: string[]; weights: number[] }
  /**
   * a run goes on; epoch: whole ones done, step: done of all epochs; differences: why it may not become bit for bit the run
   * that was never stopped
   */
  | { type: 'resumed'; path: string; epoch: number; epochs: number; step: number; differences: string[] }
  /** epoch: from 1; steps: of this epoch */
  | { type: 'epoch-started'; epoch: number; epochs: number; steps: number }
  /** step: from 1; loss, accuracy: means over the epoch so far; remainingMs: of the whole run */
  | {
      type: 'step';
      epoch: number;
      step: number;
      steps: number;
      loss: number;
      accuracy: number;
      imagesPerSecond: number;
      remainingMs: number;
    }
  /** waitedFraction: of the epoch's time, spent waiting for pixels; isBest: these weights are the best so far */
  | {
      type: 'epoch-ended';
      epoch: number;
      epochs: number;
      loss: number;
      accuracy: number;
      validationLoss?: number;
      validationAccuracy?: number;
      /** of the last step */
      learningRate: number;
      durationMs: number;
      waitedFraction: number;
      isBest?: boolean;
    }
  /** a plateau was found after an epoch; what holds from the next one on */
  | { type: 'learning-rate-reduced'; epoch: number; learningRate: number }
  /** the last epoch, since none of the last `patience` was the best */
  | { type: 'stopped-early'; epoch: number; monitor: Monitor; patience: number }
  /** path: the run folder, whole on disk with `epoch` epochs; the end of the current step was reached when interrupted */
  | { type: 'saved'; path: string; epoch: number; interrupted: boolean };

/** Batches judged or predicted so far; steps: all there will be. Validation during training tells it as well. */
export interface EvaluationEvent {
  type: 'evaluation-step';
  step: number;
  steps: number;
  imagesPerSecond: number;
}

export type ActivationsEvent =
  /** inputShape: [1, height, width, channels] */
  | { type: 'input'; image: string; inputShape: number[] }
  /**
   * zeroCount: channels that are 0 everywhere; nonFiniteCount: channels with NaN or infinity in them; top: the strongest
   * ones, where they were ranked
   */
  | {
      type: 'layer';
      name: string;
      shape: number[];
      zeroCount: number;
      nonFiniteCount: number;
      rankedBy?: string;
      top?: { channel: number; value: number }[];
    }
  | { type: 'prediction'; image: string; className: string; probability: number };

/** Where a class's evidence was looked for; with a sentence where there is none, or where numbers are broken. */
export interface ExplanationEvent {
  type: 'explanation';
  image: string;
  layer: string;
  className: string;
  /** before sigmoid or softmax */
  score: number;
  probability: number;
  evidence: EvidenceKind;
  sentence?: string;
}

/** Takes the events of one workflow call. */
export type EventListener = (event: WorkflowEvent) => void;

/** What the options of every workflow hold. */
export interface WorkflowOptions {
  onEvent?: EventListener;
  /** ends the work at the next safe point */
  signal?: AbortSignal;
}
