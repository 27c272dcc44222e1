import type { tf } from '../../src/backend/tfjs/tensors.js';
import type { EngineUse } from '../../src/engines/contract/engine.js';
import { readPlan } from '../../src/engines/contract/network-plan.js';
import { type ScoreNetwork, scoresOf } from '../../src/engines/contract/scores.js';
import { compileEngine } from '../../src/engines/graph/engine.js';
import { NetworkEngine } from '../../src/engines/network-engine.js';
import { openLayers } from '../../src/engines/tfjs/engine.js';

const EVERY_USE: EngineUse[] = ['run', 'score', 'measure', 'peaks', 'perturb', 'ascend'];

/** A network as one TensorFlow graph. Throws UnsupportedByGraph. */
export function graphEngine(model: tf.LayersModel, uses: readonly EngineUse[] = EVERY_USE): NetworkEngine {
  const plan = readPlan(model);
  return new NetworkEngine(plan, compileEngine(model, plan, uses));
}

/** The same by tfjs-layers. */
export function layersEngine(model: tf.LayersModel): NetworkEngine {
  const plan = readPlan(model);
  return new NetworkEngine(plan, openLayers(plan));
}

export const graphScores = (model: tf.LayersModel): ScoreNetwork => scoresOf(graphEngine(model, ['score', 'perturb']));

export const layersScores = (model: tf.LayersModel): ScoreNetwork => scoresOf(layersEngine(model));
