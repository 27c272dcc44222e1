/** What `kernels` reports besides what every command may: a layer whose kernels were drawn. */
export interface KernelsEvent {
  type: 'kernels';
  name: string;
  /** [height, width, input channels, filters] */
  shape: number[];
  /** after the first convolution: how far its kernels are from their start, as fractions of a typical length, or how long */
  ranking?: { by: 'change' | 'length'; median: number; largest: number };
}
