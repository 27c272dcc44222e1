import type { Precision } from './precision.js';
import type { EvaluationResult, StepResult, StepSettings, TrainerBatch, TrainerState } from './training-step.js';

export type {
  EvaluationResult,
  StepResult,
  StepSettings,
  TrainerBatch,
  TrainerState,
} from './training-step.js';

/** One way to train a LayersModel. The training loop knows nothing else about the engine. */
export interface Trainer {
  readonly engine: 'graph' | 'layers';
  /** of training and evaluation alike */
  readonly precision: Precision;
  /** several workers train together: each call waits for theirs, so that a batch without an example of this one counts, too */
  readonly sharesBatches?: boolean;
  trainStep(batch: TrainerBatch, settings: StepSettings): Promise<StepResult>;
  evaluateBatch(batch: TrainerBatch): Promise<EvaluationResult>;
  /** Copies weights and slots out of the engine. */
  readState(): Promise<TrainerState>;
  writeState(state: TrainerState): Promise<void>;
  /** Makes the LayersModel hold the trained weights, for saving; gives what `readState` gives, read once for both. */
  updateModel(): Promise<TrainerState>;
  dispose(): void;
}
