/** What `kernels` reports besides what every command may: a layer whose kernels were drawn. */
export interface KernelsEvent {
  type: 'kernels';
  name: string;
  /** [height, width, input channels, filters] */
  shape: number[];
}
