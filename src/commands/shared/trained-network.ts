import { join } from 'node:path';
import type { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import type { EngineUse } from '../../engines/contract/engine.js';
import type { ModelDescription } from '../../network/description.js';
import { RUN_FILE } from '../../runs/run.js';
import { chooseInferencePrecision } from './choose-precision.js';
import { choosePreprocessing } from './choose-preprocessing.js';
import { prepareModel, type SizeOptions } from './load-model.js';
import type { LocatedNetwork } from './locate-network.js';
import type { InputOptions, ModelOptions, PrecisionChoice } from './model-options.js';
import type { TrainedNetwork } from './network-in-use.js';
import { eachSize, onlySize, openResized } from './network-sizes.js';
import type { OpenedNetwork } from './opened-network.js';

/**
 * Reads the network, then loads the backend and the network onto it, and reports both, and why where the network does not
 * run on the fastest engine.
 *
 * @param uses what the command does with it
 * @throws CnnvizError BACKEND_UNAVAILABLE, BAD_MODEL
 */
export async function openTrainedNetwork(
  found: LocatedNetwork,
  options: ModelOptions & InputOptions & SizeOptions & { precision?: PrecisionChoice | undefined },
  uses: readonly EngineUse[],
): Promise<OpenedNetwork> {
  const { backend: choice, precision: asked = 'float32', onEvent = () => undefined } = options;
  const { load, resize } = await prepareModel(found, options);
  // Not before they are needed: earlier failures are then reported at once.
  onEvent({ type: 'stage', stage: 'starting-backend' });
  const { selectBackend } = await import('../../backend/select.js');
  const backend = await selectBackend(choice);
  onEvent({ type: 'backend', ...backend });
  const precision = chooseInferencePrecision(asked, { backend: backend.name }, onEvent);
  const [{ describeModel }, { findFirstNormalization }, { openEngine }] = await Promise.all([
    import('../../network/describe.js'),
    import('../../network/first-normalization.js'),
    import('../../engines/open.js'),
  ]);
  const model = await load();
  try {
    const description = describeModel(model);
    checkRecord(found, model, description);
    const place = describePlace(found);
    onEvent({ type: 'model', parameterCount: description.parameterCount, ...place });
    const onFallback = (message: string) => onEvent({ type: 'warning', message });
    const normalization = found.run === undefined ? findFirstNormalization(model) : undefined;
    const allUses: readonly EngineUse[] = normalization === undefined ? uses : [...new Set([...uses, 'run' as const])];
    const network = openEngine(model, backend.name, { uses: allUses, precision, onFallback });
    const dispose = () => {
      network.dispose();
      model.dispose();
    };
    const evidence = { network, normalization, images: options.images ?? [] };
    const preprocessing = await choosePreprocessing(found, evidence, options);
    const readComputations: TrainedNetwork['readComputations'] = async (most) =>
      (await import('../../network/computations.js')).readComputations(model, most);
    const trained = { network, description, readComputations, backend, preprocessing, place, dispose };
    if (resize === undefined) return onlySize(trained);
    const open = (other: tf.LayersModel) =>
      openEngine(other, backend.name, { uses, precision, onFallback: () => undefined });
    return eachSize(trained, async (size) => openResized(trained, await resize(model, size), open));
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Where a network was found, and which of its weights it has. */
export function describePlace({ modelPath, run }: LocatedNetwork): TrainedNetwork['place'] {
  if (run === undefined) return { path: modelPath };
  const { folder, weights, kind } = run;
  return { path: folder, ...(kind && { weights: kind }), epoch: weights.epoch };
}

/** What a run says of its network must be true of it. @throws CnnvizError BAD_MODEL */
export function checkRecord({ run }: LocatedNetwork, { inputs }: tf.LayersModel, { layers }: ModelDescription): void {
  if (run === undefined) return;
  const path = join(run.folder, RUN_FILE);
  const { preprocessing, classNames } = run.record;
  for (const [index, side] of (['height', 'width'] as const).entries()) {
    const expected = inputs[0]?.shape[index + 1];
    if (expected === preprocessing[side]) continue;
    const message = `${path}: preprocessing.${side}: expected ${expected}, as the network has it, received ${preprocessing[side]}`;
    throw new CnnvizError('BAD_MODEL', message);
  }
  const classCount = Math.max(layers.at(-1)?.outputShape.at(-1) ?? 0, 2);
  if (classNames.length !== classCount) {
    const message = `${path}: classNames: expected ${classCount} names, one for each class of the network, received ${classNames.length}`;
    throw new CnnvizError('BAD_MODEL', message);
  }
}
