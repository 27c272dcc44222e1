import { decodeImage } from '../../dataset/decode/decode-image.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { WorkflowOptions } from './events.js';
import { locateNetwork } from './locate-network.js';
import type { InputOptions, ModelOptions } from './model-options.js';
import type { TrainedNetwork } from './network-in-use.js';
import { openTrainedNetwork } from './trained-network.js';

/** A trained network with what it takes to show it images. Dispose it after use. */
export interface LoadedNetwork extends TrainedNetwork {
  /** index = class index; empty for a model that is not part of a run */
  classNames: string[];
  preprocessing: Preprocessing;
  /** Reads an image as the network wants it: [height, width, 3]. @throws CnnvizError BAD_IMAGE */
  readInput(path: string): Promise<Float32Array>;
}

/**
 * Loads a trained network onto the backend: `model`, else the last run.
 *
 * @throws CnnvizError NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BACKEND_UNAVAILABLE
 *
 * @example
 * ```ts
 * import { captureActivations, encodePng, loadNetwork, renderActivations } from 'cnnviz';
 * import { writeFile } from 'node:fs/promises';
 *
 * const { network, readInput, dispose } = await loadNetwork({ model: 'runs/latest' });
 * const layers = await captureActivations(network, await readInput('cat.jpg'), ['conv2d_1']);
 * for (const { name, raster } of renderActivations(layers)) await writeFile(`${name}.png`, encodePng(raster));
 * dispose();
 * ```
 */
export async function loadNetwork(options: ModelOptions & InputOptions & WorkflowOptions = {}): Promise<LoadedNetwork> {
  const found = await locateNetwork(options);
  const trained = await openTrainedNetwork(found, options, ['run', 'score', 'measure', 'peaks', 'perturb']);
  const { preprocessing } = trained;
  return {
    ...trained,
    classNames: [...found.classNames],
    readInput: async (path) => toImageFloats(await decodeImage(path, preprocessing), preprocessing),
  };
}
