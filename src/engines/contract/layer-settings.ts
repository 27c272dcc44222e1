// The settings of a layer that somebody needs who computes one of its values by hand.

/** What decides a layer's values besides its weights; of each kind of layer what that has. Sides: [height, width]. */
export interface LayerSettings {
  kernelSize?: readonly [number, number];
  poolSize?: readonly [number, number];
  strides?: readonly [number, number];
  dilation?: readonly [number, number];
  padding?: 'valid' | 'same';
  groups?: number;
  depthMultiplier?: number;
  useBias?: boolean;
  /** tfjs's name of the activation that the layer ends in; absent: linear */
  activation?: string;
}
