// The words about how a value of a layer is computed.

import { formatAmount } from '../../base/counts.js';

export const computation = {
  title: 'How this value is computed',
  /** a channel of the layer before */
  channelOf: (layer: string, channel: number) => `channel ${channel} of ${layer}`,
  inputChannel: (name: string) => `${name} of the input`,
  inputChannels: { red: 'red', green: 'green', blue: 'blue', gray: 'gray', alpha: 'alpha' },
  unitOf: (layer: string, unit: number) => `unit ${unit} of ${layer}`,
  windows: (count: number, hasBias: boolean, value: string) =>
    `The products of ${formatAmount(count, 'channel')}${hasBias ? ' and the bias' : ''} add up to ${value}`,
  units: (count: number, hasBias: boolean, value: string) =>
    `${formatAmount(count, 'value')}, each times its weight,${hasBias ? ' and the bias' : ''} add up to ${value}`,
  activated: (activation: string, value: string) =>
    activation === 'linear' ? ', which is the value' : `; ${activation} makes it ${value}`,
  restOfChannels: (count: number) =>
    count === 1 ? 'the other channel' : `the other ${formatAmount(count, 'channel')}`,
  restOfUnits: (count: number) => (count === 1 ? 'the other unit' : `the other ${formatAmount(count, 'unit')}`),
  bias: 'bias',
  sum: 'sum',
  after: (activation: string) => `after ${activation}`,
  stored: (computed: string, stored: string, difference: string, share: string) =>
    `Computed: ${computed}; the page has ${stored}: a difference of ${difference}, ${share} of the layer's largest value.`,
  why: ([fewest, most]: readonly [number, number], [coarse, fine]: readonly [number, number]) =>
    `Maps are stored in ${fewest} to ${most} steps from a channel's lowest to its highest value, kernels in ${coarse} or ${fine} steps, and a sum of such values is off by a little, too. Windows and kernels are shown rounded; the terms are rounded so that what is printed adds up exactly.`,
  maximum: (layer: string, count: number, value: string) =>
    `The largest of the ${formatAmount(count, 'value')} under the window on ${layer}: ${value}.`,
  mean: (layer: string, count: number, value: string) =>
    `The mean of the ${formatAmount(count, 'value')} under the window on ${layer}: ${value}.`,
  mapMaximum: (layer: string, count: number, value: string) =>
    `The largest of all ${formatAmount(count, 'value')} of the map in ${layer}: ${value}.`,
  mapMean: (layer: string, count: number, value: string) =>
    `The mean of all ${formatAmount(count, 'value')} of the map in ${layer}: ${value}.`,
  padding: 'Hatched: padding, which counts as 0.',
  paddingIgnored: 'Hatched: padding, which does not count.',
  copy: (layer: string, at: { channel: number; x: number; y: number }, value: string) =>
    `The value of ${layer} in channel ${at.channel}, column ${at.x}, row ${at.y}, as it is: ${value}.`,
  affine: (layer: string, from: string, scale: string, offset: string, value: string) =>
    `The value of ${layer} there, ${from}, times ${scale}, and ${offset}: ${value}.`,
  activation: (layer: string, from: string, activation: string, value: string) =>
    `${activation} of the value of ${layer} there, ${from}: ${value}.`,
  addition: (from: readonly { layer: string; value: string }[], value: string) =>
    `${from.map((each) => `${each.value} of ${each.layer}`).join(' and ')}: ${value}.`,
  missing: {
    rule: (layer: string) =>
      `The page does not know how ${layer} computes a value: it shows convolutions, pooling, dense layers, batch normalization, activations and sums.`,
    values: (layer: string) =>
      `It is computed from the values of ${layer}, which are not on this page: cnnviz report IMAGE --layers all puts every layer on it.`,
    weights: (layer: string) =>
      `The weights of ${layer} are not on this page: with them it would be too large. Smaller layers have theirs.`,
    activation: (layer: string) => `The page does not know the activation of ${layer}.`,
  },
};
