import { requireInteger, requireNumber } from '../arguments.js';
import { badArgument } from '../errors.js';
import type { LayerDescription } from './describe.js';

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
  /** two: one sigmoid unit; more: that many softmax units */
  classCount: number;
}

export type PlannedLayer = LayerDescription &
  (
    | { kind: 'Conv2D'; filters: number }
    | { kind: 'MaxPooling2D' | 'Flatten' }
    | { kind: 'Dropout'; rate: number }
    | { kind: 'Dense'; units: number; activation: 'relu' | 'sigmoid' | 'softmax' }
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
    size = size - KERNEL_SIZE + 1;
    layers.push({
      name: `conv2d_${index + 1}`,
      kind: 'Conv2D',
      filters,
      outputShape: [null, size, size, filters],
      parameterCount: (KERNEL_SIZE * KERNEL_SIZE * channels + 1) * filters,
    });
    size = Math.floor(size / POOL_SIZE);
    channels = filters;
    layers.push({
      name: `max_pooling2d_${index + 1}`,
      kind: 'MaxPooling2D',
      outputShape: [null, size, size, filters],
      parameterCount: 0,
    });
  }
  return [...layers, ...planHead(architecture, size * size * channels)];
}

function planHead({ dense, dropout, classCount }: Architecture, features: number): PlannedLayer[] {
  if (features * dense > MAX_WEIGHTS) {
    const most = Math.floor(MAX_WEIGHTS / features);
    throw badArgument('dense', `at most ${most} units after ${features} flattened features`, dense);
  }
  const flat = { outputShape: [null, features], parameterCount: 0 };
  const units = classCount === 2 ? 1 : classCount;
  return [
    { name: 'flatten_1', kind: 'Flatten', ...flat },
    ...(dropout > 0 ? [{ name: 'dropout_1', kind: 'Dropout' as const, rate: dropout, ...flat }] : []),
    planDense('dense_1', features, dense, 'relu'),
    planDense('dense_2', dense, units, classCount === 2 ? 'sigmoid' : 'softmax'),
  ];
}

function planDense(
  name: string,
  inputs: number,
  units: number,
  activation: 'relu' | 'sigmoid' | 'softmax',
): PlannedLayer {
  return {
    name,
    kind: 'Dense',
    units,
    activation,
    outputShape: [null, units],
    parameterCount: (inputs + 1) * units,
  };
}

function checkArchitecture({ imageSize, filters, dense, dropout, classCount }: Architecture): void {
  if (filters.length === 0) throw badArgument('filters', 'at least one number', 'none');
  for (const count of filters) requireInteger('filters', count, 1, 65_536);
  requireInteger('imageSize', imageSize, 1, 4096);
  requireInteger('dense', dense, 1);
  requireNumber('dropout', dropout, 'a number of at least 0 and below 1', (rate) => rate >= 0 && rate < 1);
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
