import type { NetworkInput } from './network-input.js';

/** What one layer gives for a batch of inputs. */
export interface LayerOutput {
  name: string;
  /** with the batch: [size, height, width, channels] or [size, units] */
  shape: number[];
  values: Float32Array;
}

/** A trained network that can be run, whichever engine does it. */
export interface Network {
  /** without the batch: [height, width, channels] */
  readonly inputShape: readonly number[];
  /** from the first to the last; an InputLayer does not count */
  readonly layerNames: readonly string[];
  /**
   * Runs a batch of any size once and gives the outputs of the named layers, in that order, as they are in inference
   * (no dropout, batch normalization by its averages). Throws BAD_ARGUMENT for a name it does not have.
   *
   * @param inputs [size, ...inputShape]
   */
  run(inputs: NetworkInput, size: number, layerNames: readonly string[]): Promise<LayerOutput[]>;
  dispose(): void;
}
