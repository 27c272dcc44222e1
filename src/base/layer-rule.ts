// How a layer computes one of its values, as plain data: what it takes to compute the value again elsewhere.

/** An activation by tfjs's name, or a layer of Keras in the place of one, with its settings in Keras's words. */
export interface ActivationRule {
  readonly name: string;
  readonly settings?: Readonly<Record<string, number>>;
}

export type Pair = readonly [rows: number, columns: number];

/** A window that slides over maps. */
export interface Sliding {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilation: Pair;
  readonly padding: 'same' | 'valid';
}

export type LayerRule =
  /** windows of all channels of a group, each times its kernel, and the bias */
  | ({ readonly type: 'convolution'; readonly groups: number; readonly activation: ActivationRule } & Sliding)
  /** a window of one channel times a kernel, and the bias */
  | ({ readonly type: 'depthwise'; readonly multiplier: number; readonly activation: ActivationRule } & Sliding)
  | ({ readonly type: 'pooling'; readonly by: 'max' | 'average' } & Sliding)
  | { readonly type: 'global-pooling'; readonly by: 'max' | 'average' }
  | { readonly type: 'dense'; readonly activation: ActivationRule }
  /** each channel times a scale of its own, and an offset */
  | { readonly type: 'affine' }
  | { readonly type: 'activation'; readonly activation: ActivationRule }
  | { readonly type: 'addition' }
  /** the values as they are, one after the other */
  | { readonly type: 'flatten' }
  /** none of these */
  | { readonly type: 'other' };

/** How many of a side's places padding puts before the first one. TensorFlow pads one more at the end where the padding is odd. */
export function paddingBefore(
  rule: Sliding,
  side: 0 | 1,
  { input, output }: { input: number; output: number },
): number {
  if (rule.padding === 'valid') return 0;
  const reach = (rule.size[side] - 1) * rule.dilation[side] + 1;
  return Math.floor(Math.max(0, (output - 1) * rule.strides[side] + reach - input) / 2);
}
