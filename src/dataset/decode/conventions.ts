// The ways in which networks want their pixels, by the names that Keras and its users have for them.

import type { Preprocessing } from './preprocessing.js';

/**
 * - `unit`: 0..1, the bytes divided by 255
 * - `signed`: -1..1, as MobileNet, Xception, Inception, NASNet and Teachable Machine want it ("tf" in Keras's imagenet_utils)
 * - `caffe`: blue, green, red, less ImageNet's means, as VGG and ResNet want it
 * - `torch`: 0..1, less ImageNet's means, divided by its deviations, as DenseNet and PyTorch's networks want it
 * - `raw`: 0..255, for networks that scale by themselves, such as EfficientNet and MobileNetV3
 */
export type Convention = 'unit' | 'signed' | 'caffe' | 'torch' | 'raw';

type Scaling = Pick<Preprocessing, 'rescale' | 'normalization'>;

const same = (value: number): [number, number, number] => [value, value, value];

/** Keras's keras/src/applications/imagenet_utils.py (`_preprocess_numpy_input`). */
const SCALINGS: Readonly<Record<Convention, Scaling>> = {
  unit: { rescale: 1 / 255 },
  signed: { rescale: 1 / 127.5, normalization: { order: 'rgb', mean: same(1), deviation: same(1) } },
  caffe: { rescale: 1, normalization: { order: 'bgr', mean: [103.939, 116.779, 123.68], deviation: same(1) } },
  torch: {
    rescale: 1 / 255,
    normalization: { order: 'rgb', mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
  },
  raw: { rescale: 1 },
};

export const CONVENTIONS = Object.keys(SCALINGS) as Convention[];

/** What a convention does with the bytes of a pixel. */
export function scalingOf(convention: Convention): Scaling {
  return SCALINGS[convention];
}

/** The convention that scales bytes so; undefined where no convention does. */
export function conventionOf({ rescale, normalization }: Scaling): Convention | undefined {
  const text = JSON.stringify({ rescale, normalization });
  return CONVENTIONS.find((convention) => {
    const known = SCALINGS[convention];
    return JSON.stringify({ rescale: known.rescale, normalization: known.normalization }) === text;
  });
}
