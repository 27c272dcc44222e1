import type { Scenario } from './scenario.js';
import { activations } from './scenarios/activations.js';
import { augment } from './scenarios/augment.js';
import { augmented } from './scenarios/augmented.js';
import { channels } from './scenarios/channels.js';
import { epoch } from './scenarios/epoch.js';
import { forwards } from './scenarios/forward.js';
import { predict, predictSteady } from './scenarios/predict.js';
import { step } from './scenarios/step.js';
import { wasmStep } from './scenarios/wasm-step.js';

/** Everything that is measured, in the order of the results. */
export const scenarios: Scenario[] = [
  step,
  epoch,
  augmented,
  augment,
  activations,
  predict,
  predictSteady,
  channels,
  wasmStep,
  ...forwards,
];
