// A trained network within the block that it is opened in.

import type { Section } from './image-sizes.js';
import type { TrainedNetwork } from './network-in-use.js';

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
