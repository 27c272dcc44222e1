// A network that starts from the weights of another run.

import { tf } from '../../backend/tfjs/tensors.js';
import { badArgument } from '../../base/errors.js';
import { readModel } from '../../formats/tfjs/model-file.js';
import type { Architecture } from '../../network/architecture.js';
import { buildModel } from '../../network/build.js';
import { loadModel } from '../../network/store.js';
import type { EventListener } from '../shared/events.js';
import type { StartingPoint } from './run-options.js';

/**
 * Builds a network with the weights of a run's, except for the last layer if the number of classes differs.
 *
 * @param classNames of the new images
 * @throws CnnvizError BAD_ARGUMENT when the two networks differ besides; BAD_MODEL
 */
export async function startFromRun(
  start: StartingPoint,
  architecture: Architecture,
  { seed, classNames, onEvent }: { seed: number; classNames: readonly string[]; onEvent: EventListener },
): Promise<tf.LayersModel> {
  const content = await readModel(start.modelPath);
  if (content.doubt !== undefined) onEvent({ type: 'warning', message: content.doubt });
  const source = await loadModel(content);
  try {
    const model = buildModel(architecture, seed);
    const head = model.layers.at(-1)?.name as string;
    const own = start.record.classNames;
    const isNewHead = own.length !== classNames.length;
    copyWeights(source, model, isNewHead ? head : undefined);
    reportClasses(own, classNames, head, onEvent);
    return model;
  } finally {
    source.dispose();
  }
}

/** @param left a layer that keeps its own weights */
function copyWeights(source: tf.LayersModel, model: tf.LayersModel, left: string | undefined): void {
  const found = new Map(source.weights.map((weight) => [weight.originalName, weight.read()]));
  for (const weight of model.weights) {
    const { originalName: name } = weight;
    if (left !== undefined && name.startsWith(`${left}/`)) continue;
    const values = found.get(name);
    if (values === undefined || values.shape.join() !== weight.shape.join()) {
      const shape = values === undefined ? 'none' : `[${values.shape}]`;
      const message = `weights that fit the requested network, [${weight.shape}] for ${name}`;
      throw badArgument('from', message, shape, 'Leave out the options that define the network.');
    }
    tf.tidy(() => {
      weight.write(values.clone());
    });
  }
}

function reportClasses(
  own: readonly string[],
  classNames: readonly string[],
  head: string,
  onEvent: EventListener,
): void {
  if (own.join('\n') === classNames.join('\n')) return;
  const change = `class list changed from ${own.join(', ')} to ${classNames.join(', ')}`;
  const what = own.length === classNames.length ? `${head} keeps its weights` : `${head} was reinitialized`;
  onEvent({ type: 'warning', message: `${change}: ${what}` });
}
