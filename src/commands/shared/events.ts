// What every command may report.

import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import type { SplitName, SplitPlace, UnusableSplit } from '../../dataset/folder/image-folder.js';
import type { LeftOut } from '../../dataset/folder/left-out.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { EvidenceKind } from '../../explain/evidence.js';
import type { MethodName } from '../../explain/methods.js';
import type { Unlikeness } from '../../resemblance/training-profile.js';
import type { Overlap } from './overlap.js';
import type { SplitChoice } from './split-parts.js';
import type { CheckedPrediction } from './true-class.js';

/** What every command may report of its work while it goes on. One object is one line of `--json`: plain data only. */
export type SharedEvent =
  | StageEvent
  | ({ type: 'backend' } & SelectedBackend)
  | DataEvent
  /** how the images to be used, all or a part of a folder, overlap with those of the network's run; network: where there are two, which */
  | ({ type: 'overlap'; split: SplitChoice | null; imageCount: number; network?: string } & Overlap)
  /** something went another way than asked for, and the work goes on; said once */
  | { type: 'warning'; message: string }
  /** what was chosen or assumed where nothing was asked for; said once */
  | { type: 'note'; message: string }
  | ({ type: 'bad-image' } & BadFile)
  | ModelEvent
  | EvaluationEvent
  | ImageEvent
  | ExplanationEvent
  /** pictures drawn so far, and how many there will be */
  | { type: 'picture-drawn'; drawn: number; total: number }
  /** images examined so far, and how many there will be */
  | { type: 'image-examined'; done: number; total: number }
  /** files looked at so far to recognize the images of a run, once that takes a while; those that are read count twice */
  | { type: 'image-recognized'; done: number; total: number }
  | { type: 'file-written'; path: string };

/** Something begins that can take seconds before there is anything to count. */
export interface StageEvent {
  type: 'stage';
  /**
   * scanning: images are looked for; comparing: images of train and validation; starting-backend: TensorFlow is loaded;
   * first-images: the network is compiled, and the first images are read; grouping: channels are grouped
   */
  stage: 'scanning' | 'comparing' | 'starting-backend' | 'first-images' | 'grouping';
  /** of grouping: searches that are done, and all there will be, those of the control among them */
  done?: number;
  total?: number;
}

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

/** Batches evaluated or predicted so far; steps: the total. Validation during training reports it as well. */
export interface EvaluationEvent {
  type: 'evaluation-step';
  step: number;
  steps: number;
  imagesPerSecond: number;
}

/** An image on its way through the network. */
export type ImageEvent =
  /** one of the images that a command looks at one by one; number: from 1 */
  | { type: 'image-started'; image: string; number: number; total: number }
  | { type: 'image-ended'; image: string; number: number; total: number }
  /** inputShape: [1, height, width, channels] */
  | { type: 'input'; image: string; inputShape: number[] }
  | ({ type: 'prediction'; image: string; unlike?: Unlikeness } & CheckedPrediction)
  /** runs of the network for the methods that need many, so far, and how many there will be */
  | { type: 'network-run'; image: string; done: number; total: number }
  /** what is to be said of the method that explained an image */
  | { type: 'caution'; image: string; sentence: string };

/** Where a class's evidence was looked for; with a sentence where there is none, or where numbers are broken. */
export interface ExplanationEvent {
  type: 'explanation';
  image: string;
  method: MethodName;
  /** "input" for a method that maps pixels */
  layer: string;
  className: string;
  /** before sigmoid or softmax */
  score: number;
  probability: number;
  evidence: EvidenceKind;
  sentence?: string;
  /** the class's score and probability were reported with an earlier method or layer */
  again?: true;
}

/** Takes the events of one call: those of every command, and the command's own. */
export type EventListener<Own = never> = (event: SharedEvent | Own) => void;

/** What the options of every command hold. */
export interface WorkflowOptions<Own = never> {
  onEvent?: EventListener<Own>;
  /** ends the work at the next safe point */
  signal?: AbortSignal;
}
