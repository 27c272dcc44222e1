import { requireInteger } from '../base/arguments.js';
import { badArgument } from '../base/errors.js';
import { checkOptions } from '../options/resolve.js';
import { ARCHITECTURE_OPTIONS, type KernelInitializer } from './architecture-options.js';
import type { LayerDescription } from './description.js';

export type { KernelInitializer } from './architecture-options.js';

/** The article's network (Chollet, Deep Learning with Python, 5.2) and what can be changed about it. */
export interface Architecture {
  /** height and width of the input, pixels; three channels */
  imageSize: number;
  /** filters of each pair of a 3x3 convolution and a 2x2 max pooling */
  filters: readonly number[];
  /** units of the hidden Dense layer */
  dense: number;
  /** fraction of the flattened features dropped in training; 0: no Dropout layer */
  dropout: number;
  /** fraction of the hidden Dense layer's units dropped in training; default 0: no Dropout layer */
  denseDropout?: number;
  /** batch normalization before every ReLU; the layers before it then have no bias; default false */
  batchNormalization?: boolean;
  /** of all that relu follows; default glorot_uniform */
  kernelInitializer?: KernelInitializer;
  /** two: one sigmoid unit; more: that many softmax units */
  classCount: number;
}

type PlannedActivation = 'linear' | 'relu' | 'sigmoid' | 'softmax';

/** A layer with a kernel. */
interface PlannedKernel {
  activation: PlannedActivation;
  useBias: boolean;
  kernelInitializer: KernelInitializer;
}

export type PlannedLayer = LayerDescription &
  (
    | ({ kind: 'Conv2D'; filters: number } & PlannedKernel)
    | { kind: 'BatchNormalization' | 'MaxPooling2D' | 'Flatten' }
    | { kind: 'Activation'; activation: 'relu' }
    | { kind: 'Dropout'; rate: number }
    | ({ kind: 'Dense'; units: number } & PlannedKernel)
  );

export const KERNEL_SIZE = 3;
export const POOL_SIZE = 2;

/** What one array of numbers can hold: 2 GiB of float32. */
const MAX_WEIGHTS = 2 ** 29;

/**
 * The layers with their shapes, worked out without TensorFlow, so that a network that cannot be is refused at once.
 *
 * @throws CnnvizError BAD_ARGUMENT
 */
export function planLayers(architecture: Architecture): PlannedLayer[] {
  checkArchitecture(architecture);
  const layers: PlannedLayer[] = [];
  let size = architecture.imageSize;
  let channels = 3;
  for (const [index, filters] of architecture.filters.entries()) {
    const place = index + 1;
    size = size - KERNEL_SIZE + 1;
    const outputShape = [null, size, size, filters];
    const kernel = planKernel(architecture, KERNEL_SIZE * KERNEL_SIZE * channels, filters);
    layers.push({ name: `conv2d_${place}`, kind: 'Conv2D', filters, outputShape, ...kernel });
    layers.push(...planNormalization(architecture, place, outputShape, filters));
    size = Math.floor(size / POOL_SIZE);
    channels = filters;
    layers.push({
      name: `max_pooling2d_${place}`,
      kind: 'MaxPooling2D',
      outputShape: [null, size, size, filters],
      parameterCount: 0,
    });
  }
  return [...layers, ...planHead(architecture, size * size * channels)];
}

/** Parameters that no gradient changes: the averages that batch normalization keeps, half of what it has. */
export function countFrozen(layers: readonly PlannedLayer[]): number {
  const normalizations = layers.filter(({ kind }) => kind === 'BatchNormalization');
  return normalizations.reduce((sum, { parameterCount }) => sum + parameterCount / 2, 0);
}

/** What relu follows, at once or after batch normalization. */
function planKernel({ batchNormalization, kernelInitializer }: Architecture, inputs: number, outputs: number) {
  return {
    activation: batchNormalization ? ('linear' as const) : ('relu' as const),
    useBias: !batchNormalization,
    kernelInitializer: kernelInitializer ?? 'glorot_uniform',
    parameterCount: (inputs + (batchNormalization ? 0 : 1)) * outputs,
  };
}

function planNormalization(
  { batchNormalization }: Architecture,
  place: number,
  outputShape: (number | null)[],
  channels: number,
): PlannedLayer[] {
  if (!batchNormalization) return [];
  return [
    { name: `batch_normalization_${place}`, kind: 'BatchNormalization', outputShape, parameterCount: 4 * channels },
    { name: `activation_${place}`, kind: 'Activation', activation: 'relu', outputShape, parameterCount: 0 },
  ];
}

function planHead(architecture: Architecture, features: number): PlannedLayer[] {
  const { filters, dense, dropout, denseDropout = 0, classCount } = architecture;
  if (features * dense > MAX_WEIGHTS) {
    const most = Math.floor(MAX_WEIGHTS / features);
    throw badArgument('dense', `at most ${most} units after ${features} flattened features`, dense);
  }
  const flat = [null, features];
  const hidden = [null, dense];
  const units = classCount === 2 ? 1 : classCount;
  return [
    { name: 'flatten_1', kind: 'Flatten', outputShape: flat, parameterCount: 0 },
    ...planDropout(1, dropout, flat),
    { name: 'dense_1', kind: 'Dense', units: dense, outputShape: hidden, ...planKernel(architecture, features, dense) },
    ...planNormalization(architecture, filters.length + 1, hidden, dense),
    ...planDropout(dropout > 0 ? 2 : 1, denseDropout, hidden),
    {
      name: 'dense_2',
      kind: 'Dense',
      units,
      activation: classCount === 2 ? 'sigmoid' : 'softmax',
      useBias: true,
      kernelInitializer: 'glorot_uniform',
      outputShape: [null, units],
      parameterCount: (dense + 1) * units,
    },
  ];
}

function planDropout(place: number, rate: number, outputShape: (number | null)[]): PlannedLayer[] {
  return rate > 0 ? [{ name: `dropout_${place}`, kind: 'Dropout', rate, outputShape, parameterCount: 0 }] : [];
}

function checkArchitecture(architecture: Architecture): void {
  const { imageSize, filters, classCount } = architecture;
  checkOptions(ARCHITECTURE_OPTIONS, architecture);
  requireInteger('classCount', classCount, 2);
  const smallest = smallestImageSize(filters.length);
  if (imageSize < smallest) {
    throw badArgument(
      'imageSize',
      `at least ${smallest} pixels for ${filters.length} pairs of Conv2D and MaxPooling2D`,
      imageSize,
      `Take larger images, or fewer filters: ${imageSize} pixels allow ${mostPairs(imageSize)} pairs.`,
    );
  }
}

/** Each pair makes s pixels floor((s - 2) / 2): the smallest s that leaves one pixel after `pairs` of them. */
function smallestImageSize(pairs: number): number {
  let size = 1;
  for (let pair = 0; pair < pairs; pair++) size = size * POOL_SIZE + KERNEL_SIZE - 1;
  return size;
}

function mostPairs(imageSize: number): number {
  let pairs = 0;
  while (smallestImageSize(pairs + 1) <= imageSize) pairs++;
  return pairs;
}
