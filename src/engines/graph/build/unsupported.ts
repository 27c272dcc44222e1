// The error for what the graph does not support.

/** The graph does not know something that the network has: tfjs-layers takes over. */
export class UnsupportedByGraph extends Error {
  /** the layer that is not known, or the model's name when it is about the network as a whole */
  readonly layer: string;
  readonly reason: string;

  constructor(layer: string, reason: string) {
    super(`${layer}: ${reason}`);
    this.name = 'UnsupportedByGraph';
    this.layer = layer;
    this.reason = reason;
  }
}
