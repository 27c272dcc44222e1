import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { Engine } from '../../engines/contract/engine.js';
import type { ModelDescription } from '../../network/description.js';
import type { WeightsChoice } from '../../runs/run.js';
import type { Section } from './image-sizes.js';

/** A trained network, ready to run. */
export interface TrainedNetwork {
  network: Engine;
  description: ModelDescription;
  backend: SelectedBackend;
  /** how images become its input */
  preprocessing: Preprocessing;
  /** where it was found */
  place: { path: string; weights?: WeightsChoice; epoch?: number };
  dispose(): void;
}

/** A trained network, disposed at the end of the block that it is opened in: `using`. */
export interface OpenedNetwork extends TrainedNetwork, Disposable {
  /**
   * The network for an image: this one, or where each image is looked at at its own size one of that size, until another is
   * asked for.
   *
   * @throws CnnvizError BAD_IMAGE for an image that cannot be measured, or is too small
   */
  forImage(path: string): Promise<TrainedNetwork>;
  /** Images in their order, those that get the network at one size in one section. */
  split(images: readonly string[]): Promise<Section[]>;
}
