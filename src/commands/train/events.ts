import type { LiveEvent } from '../../live/live-event.js';
import type { Monitor } from '../../runs/monitor.js';
import type { LockWaitingEvent } from '../../runs/run-lock.js';

/** What `train` reports besides what every command may. */
export type TrainingEvent =
  /**
   * this process is one of several workers and opens its port; addresses: HOST:PORT of all; isPrivate: nobody but they can reach
   * the ports
   */
  | { type: 'cluster'; index: number; addresses: string[]; isPrivate: boolean }
  /** with `live`, before the first step */
  | LiveEvent
  /** nothing examines the images: each of several workers sees some of them only */
  | { type: 'unchecked'; workers: number }
  /** bytesSent: by each of several workers in a step */
  | { type: 'cluster-traffic'; bytesSent: number }
  /** several times while a run cannot be had before its last holder, on another machine, counts as gone */
  | LockWaitingEvent
  /** how --group-by divided the images; sharedCount: groups on both sides, of a folder that has both */
  | { type: 'groups'; groupBy: string; trainCount: number; validationCount: number; sharedCount: number }
  /** what an example of each class counts in training, where that is not the same for all */
  | { type: 'class-weights'; classNames: string[]; weights: number[] }
  /**
   * a run goes on; epoch: whole ones done, step: done of all epochs; differences: why it may not become bit for bit the run
   * that was never stopped
   */
  | { type: 'resumed'; path: string; epoch: number; epochs: number; step: number; differences: string[] }
  /** images that a frozen base has seen so far, and how many it will see */
  | { type: 'features-step'; done: number; total: number }
  /** what a frozen base makes of all images, computed once; width: numbers for each image; bytes: of all, in memory */
  | { type: 'features'; imageCount: number; width: number; bytes: number; durationMs: number }
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
