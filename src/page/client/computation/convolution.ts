// Convolutions, cell by cell.

import { type LayerRule, paddingBefore, type Sliding } from '../../../base/layer-rule.js';
import type { Cell, Computed, Values, Window, WindowTerm } from './cell.js';

/** A layer's weights as the page holds them. */
export interface Weights {
  /** @param index of the kernel's numbers, the last axis the fastest */
  kernel(index: number): number;
  readonly kernelShape: readonly number[];
  /** of an affine layer, by channel */
  scale(channel: number): number;
  bias(channel: number): number | undefined;
}

type Convolution = Extract<LayerRule, { type: 'convolution' | 'depthwise' }>;

/** Input channels whose windows are shown. */
const SHOWN = 5;

/** What a layer's window covers at a cell: places of the input, row by row; null is padding. */
export function placesUnder(
  rule: Sliding,
  { x, y }: Pick<Cell, 'x' | 'y'>,
  input: { width: number; height: number },
  output: { width: number; height: number },
): ({ x: number; y: number } | null)[] {
  const top = y * rule.strides[0] - paddingBefore(rule, 0, { input: input.height, output: output.height });
  const left = x * rule.strides[1] - paddingBefore(rule, 1, { input: input.width, output: output.width });
  const places: ({ x: number; y: number } | null)[] = [];
  for (let row = 0; row < rule.size[0]; row++) {
    for (let column = 0; column < rule.size[1]; column++) {
      const place = { x: left + column * rule.dilation[1], y: top + row * rule.dilation[0] };
      const isInside = place.x >= 0 && place.y >= 0 && place.x < input.width && place.y < input.height;
      places.push(isInside ? place : null);
    }
  }
  return places;
}

/** The values of one channel under a window. */
export function windowAt(
  input: Values,
  channel: number,
  places: ReturnType<typeof placesUnder>,
  { size }: Sliding,
): Window {
  return { columns: size[1], values: places.map((place) => place && input.at({ channel, ...place })) };
}

/** The sum of the windows of all channels that a filter sees, each times its kernel. */
export function convolve(
  rule: Convolution,
  cell: Cell,
  input: Values,
  weights: Weights,
  output: { width: number; height: number; channels: number },
): Omit<Extract<Computed, { type: 'windows' }>, 'activation' | 'value'> {
  const places = placesUnder(rule, cell, input, output);
  const terms = listKernels(rule, cell.channel, weights.kernelShape, output.channels).map(
    ({ channel, indexOf }): WindowTerm => {
      const window = windowAt(input, channel, places, rule);
      const kernel = places.map((_, place) => weights.kernel(indexOf(place)));
      const products = kernel.map((weight, place) => weight * (window.values[place] ?? 0));
      return { channel, window, kernel, products, sum: add(products) };
    },
  );
  const bias = weights.bias(cell.channel);
  const sum = add(terms.map((term) => term.sum)) + (bias ?? 0);
  const bySize = terms.toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum) || a.channel - b.channel);
  const others = bySize.slice(SHOWN);
  const rest = others.length === 0 ? undefined : { count: others.length, sum: add(others.map((term) => term.sum)) };
  return { type: 'windows', terms: bySize.slice(0, SHOWN), rest, bias, sum };
}

/** The channels of the input that a filter sees, and where the weights for each stand in the kernel. */
function listKernels(rule: Convolution, filter: number, kernelShape: readonly number[], filters: number) {
  const [, , seen = 1, last = 1] = kernelShape;
  if (rule.type === 'depthwise') {
    const channel = Math.floor(filter / rule.multiplier);
    return [{ channel, indexOf: (place: number) => (place * seen + channel) * last + (filter % rule.multiplier) }];
  }
  const first = Math.floor(filter / (filters / rule.groups)) * seen;
  return Array.from({ length: seen }, (_, index) => ({
    channel: first + index,
    indexOf: (place: number) => (place * seen + index) * last + filter,
  }));
}

export function add(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
