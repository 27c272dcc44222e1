// Opens a model on the graph engine if it supports every layer, else on tfjs-layers.

import type { BackendName } from '../backend/tfjs/backend.js';
import type { tf } from '../backend/tfjs/tensors.js';
import { CnnvizError } from '../base/errors.js';
import type { Cluster } from '../cluster/cluster.js';
import type { EngineUse } from './contract/engine.js';
import { readPlan } from './contract/network-plan.js';
import type { Precision } from './contract/precision.js';
import type { Trainer } from './contract/trainer.js';
import type { TrainingConfig } from './contract/training-config.js';
import { UnsupportedByGraph } from './graph/build/unsupported.js';
import { ClusterTrainer } from './graph/cluster-trainer.js';
import { compileEngine } from './graph/engine.js';
import { GraphTrainer } from './graph/train.js';
import { LateGraph } from './late-graph.js';
import { NetworkEngine } from './network-engine.js';
import { openLayers } from './tfjs/engine.js';
import { LayersTrainer } from './tfjs/train.js';

/** Takes the sentence that says why the graph could not be used although the backend is native. */
export type FallbackListener = (message: string) => void;

interface EngineOptions {
  /** what the engine will be asked for */
  uses: readonly EngineUse[];
  /** where the graph is used; default: float32 */
  precision?: Precision;
  onFallback: FallbackListener;
}

/**
 * The fastest way to use a model on the current backend: one TensorFlow graph where that knows every layer, with one copy
 * of the weights for all uses; else tfjs-layers. A deep network is compiled when enough images have come, see LateGraph. The
 * model stays the caller's and must not be disposed before.
 *
 * @throws CnnvizError BAD_MODEL for a network that does not take one image
 */
export function openEngine(
  model: tf.LayersModel,
  backend: BackendName,
  { uses, precision = 'float32', onFallback }: EngineOptions,
): NetworkEngine {
  const plan = readPlan(model);
  const open = () =>
    openFastest(backend, {
      graph: () => compileEngine(model, plan, uses, precision),
      layers: () => openLayers(plan),
      onFallback: (reason) => onFallback(`run by tfjs-layers${inFloat32(precision)}, which is slower: ${reason}`),
    });
  // What is measured of an image, or computed in bfloat16, must not depend on how many others the same call has.
  const mayBeLate = precision === 'float32' && !uses.includes('measure');
  const isLate = backend === 'native' && plan.calls.length > callsAtOnce && mayBeLate;
  return new NetworkEngine(plan, isLate ? new LateGraph(openLayers(plan), open) : open());
}

/** Calls of layers that a graph compiles in a moment: those of AlexNet and VGG, not of a residual network. */
const callsAtOnce = 40;

/** The fastest way to train a model on the current backend. The model stays the caller's. @throws CnnvizError BAD_MODEL */
export function openTrainer(
  model: tf.LayersModel,
  backend: BackendName,
  {
    config,
    precision = 'float32',
    onFallback,
  }: { config: TrainingConfig; precision?: Precision; onFallback: FallbackListener },
): Trainer {
  return openFastest<Trainer>(backend, {
    graph: () => new GraphTrainer(model, config, precision),
    layers: () => new LayersTrainer(model, config),
    onFallback: (reason) => onFallback(`trained by tfjs-layers${inFloat32(precision)}, which is slower: ${reason}`),
  });
}

/**
 * Trains with other workers, which only the graph can.
 *
 * @throws CnnvizError BAD_MODEL for a network that the graph does not know
 */
export async function openClusterTrainer(
  model: tf.LayersModel,
  { config, precision, cluster }: { config: TrainingConfig; precision: Precision; cluster: Cluster },
): Promise<ClusterTrainer> {
  try {
    const trainer = new ClusterTrainer(model, config, precision, cluster);
    await trainer.initialize();
    return trainer;
  } catch (error) {
    if (!(error instanceof UnsupportedByGraph)) throw error;
    throw new CnnvizError('BAD_MODEL', `several workers cannot train this network: ${error.message}`, { cause: error });
  }
}

/** Said where it is not what was asked for. */
const inFloat32 = (precision: Precision) => (precision === 'float32' ? '' : ' in float32');

function openFastest<Opened>(
  backend: BackendName,
  { graph, layers, onFallback }: { graph: () => Opened; layers: () => Opened; onFallback: FallbackListener },
): Opened {
  if (backend !== 'native') return layers();
  try {
    return graph();
  } catch (error) {
    if (!(error instanceof UnsupportedByGraph)) throw error;
    const opened = layers();
    onFallback(error.message);
    return opened;
  }
}
