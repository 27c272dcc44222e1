import type { Scenario } from './scenario.js';
import { activations } from './scenarios/activations.js';
import { augment } from './scenarios/augment.js';
import { augmented } from './scenarios/augmented.js';
import { channels } from './scenarios/channels.js';
import { decode } from './scenarios/decode.js';
import { epoch, reducedEpoch } from './scenarios/epoch.js';
import { forwards } from './scenarios/forward.js';
import { activationsFolder, cold, explanations, growth } from './scenarios/pictures.js';
import { predict, predictSteady } from './scenarios/predict.js';
import { reducedStep, step } from './scenarios/step.js';
import { wasmStep } from './scenarios/wasm-step.js';
import { workersStep } from './scenarios/workers-step.js';

/** Everything that is measured, in the order of the results. */
export const scenarios: Scenario[] = [
  step,
  reducedStep,
  workersStep,
  epoch,
  reducedEpoch,
  augmented,
  augment,
  activations,
  cold,
  activationsFolder,
  explanations,
  growth,
  predict,
  predictSteady,
  decode,
  channels,
  wasmStep,
  ...forwards,
];
