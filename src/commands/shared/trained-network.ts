import { basename, dirname, join } from 'node:path';
import type { tf } from '../../backend/tfjs/tensors.js';
import { requireOneOf } from '../../base/arguments.js';
import { CnnvizError } from '../../base/errors.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { EngineUse } from '../../engines/contract/engine.js';
import { readModel } from '../../formats/tfjs/model-file.js';
import type { ModelDescription } from '../../network/description.js';
import { type FoundModel, findModel } from '../../runs/find-model.js';
import { describeContent } from '../../runs/last-run.js';
import { RUN_FILE } from '../../runs/run.js';
import { imageSizeAtMost } from '../../runs/run-schema.js';
import type { WorkflowOptions } from './events.js';
import type { ModelOptions, OrientationOptions } from './model-options.js';
import type { TrainedNetwork } from './network-in-use.js';

/** A trained network, disposed at the end of the block that it is opened in: `using`. */
export type OpenedNetwork = TrainedNetwork & Disposable;

const latestRun = 'runs/latest';

/**
 * Locates the network that the options mean: `model`, else the last run. Reads no weights and loads no backend.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL when there is neither, NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function locateNetwork(options: ModelOptions & WorkflowOptions): Promise<FoundModel> {
  const { model = latestRun, weights, onEvent } = options;
  if (weights !== undefined) requireOneOf('weights', weights, ['last', 'best']);
  try {
    const found = await findModel(model, weights, (message) => onEvent?.({ type: 'warning', message }));
    if (found.run?.isPart) {
      const message = `${model} is part of ${basename(found.run.folder)}: using its classes`;
      onEvent?.({ type: 'warning', message });
    }
    return found;
  } catch (error) {
    if (model !== latestRun || !(error instanceof CnnvizError) || error.code !== 'NOT_FOUND') throw error;
    throw new CnnvizError(
      'NO_MODEL',
      `there is no trained network here: ${await describeContent(dirname(latestRun))}`,
      {
        hint: 'Train one with "cnnviz train --data DIR", or name one with "--model PATH".',
        cause: error,
      },
    );
  }
}

/**
 * Reads the network, then loads the backend and the network onto it, and reports both, and why where the network does not
 * run on the fastest engine.
 *
 * @param uses what the command does with it
 * @throws CnnvizError BACKEND_UNAVAILABLE, BAD_MODEL
 */
export async function openTrainedNetwork(
  found: FoundModel,
  { backend: choice, onEvent = () => undefined }: ModelOptions & WorkflowOptions,
  uses: readonly EngineUse[],
): Promise<OpenedNetwork> {
  const content = await readModel(found.modelPath);
  if (content.doubt !== undefined) onEvent({ type: 'warning', message: content.doubt });
  // Not before they are needed: earlier failures are then reported at once.
  onEvent({ type: 'stage', stage: 'starting-backend' });
  const { selectBackend } = await import('../../backend/select.js');
  const backend = await selectBackend(choice);
  onEvent({ type: 'backend', ...backend });
  const [{ loadModel }, { describeModel }, { openEngine }] = await Promise.all([
    import('../../network/store.js'),
    import('../../network/describe.js'),
    import('../../engines/open.js'),
  ]);
  const model = await loadModel(content);
  try {
    const description = describeModel(model);
    checkRecord(found, model, description);
    const place = describePlace(found);
    onEvent({ type: 'model', parameterCount: description.parameterCount, ...place });
    const onFallback = (message: string) => onEvent({ type: 'warning', message });
    const network = openEngine(model, backend.name, { uses, onFallback });
    const dispose = () => {
      network.dispose();
      model.dispose();
    };
    return { network, description, backend, place, dispose, [Symbol.dispose]: dispose };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Where a network was found, and which of its weights it has. */
export function describePlace({ modelPath, run }: FoundModel): TrainedNetwork['place'] {
  return run === undefined ? { path: modelPath } : { path: run.folder, weights: run.kind, epoch: run.weights.epoch };
}

/** What a run says of its network must be true of it. @throws CnnvizError BAD_MODEL */
function checkRecord({ run }: FoundModel, { inputs }: tf.LayersModel, { layers }: ModelDescription): void {
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

/** How images become this network's input: as its run did it, else as Keras does by default; turned as is asked for. */
export function choosePreprocessing(
  found: FoundModel,
  inputShape: readonly number[],
  { autoOrient }: OrientationOptions,
): Preprocessing {
  const chosen = autoOrient === undefined ? {} : { autoOrient };
  if (found.run !== undefined) return { ...found.run.record.preprocessing, ...chosen };
  const [height = 0, width = 0, channels] = inputShape;
  const isSide = (size: number) => Number.isInteger(size) && size >= 1 && size <= imageSizeAtMost;
  if (inputShape.length !== 3 || !isSide(height) || !isSide(width) || channels !== 3) {
    const sizes = inputShape.map((size) => size ?? 'any').join(', ');
    throw new CnnvizError(
      'BAD_MODEL',
      `${found.modelPath}: expected an input of (height, width, 3), at most ${imageSizeAtMost} pixels a side, found (${sizes})`,
    );
  }
  return { height, width, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255, ...chosen };
}
