// All words that the page shows by itself, in English: a translation is another file like this one.

import { formatAmount, formatCount } from '../../base/counts.js';
import { channelView } from './en-channel-view.js';
import { computation } from './en-computation.js';
import { film } from './en-film.js';
import { gallery } from './en-gallery.js';

import { timeTexts } from './en-time.js';

export const texts = {
  gallery,
  ...{ channelView, computation, film },
  page: {
    missed: (address: string) => `This page does not have ${address}. Here is the nearest place that it has.`,
    /** of a place in an image, or of the image */
    titleOf: (place: string, image: string) => `${place === '' ? '' : `${place} – `}${image} · cnnviz`,
  },
  image: {
    noPrediction: 'no prediction',
    noScores: 'This network does not output class scores.',
    tied: (trueClass: string) => `Undecided: no class is more probable than all others. The folder says ${trueClass}.`,
    right: (trueClass: string) => `Correct: the folder says ${trueClass}.`,
    wrong: 'Wrong:',
    folderSays: 'the folder says',
    probabilities: 'Probability of each class',
    moreClasses: (count: number) => `and ${formatAmount(count, 'more class', 'more classes')}`,
    previous: 'Previous image',
    next: 'Next image',
    whole: 'The whole image',
  },
  evidence: {
    /** an end of the color bar */
    against: (value: string) => `${value} against`,
    for: (value: string) => `${value} for`,
  },
  network: {
    title: 'The network',
    lead: 'From the image to the scores. Of each layer: the channels that contribute most to the score, for or against.',
    leadByMaximum: 'From the image to the scores. Of each layer: the channels with the largest values.',
    input: 'input',
    inputMap: 'The image as the network sees it',
    showLayers: (count: number) => `${formatCount(count)}\u00a0layers`,
    strongest: (channels: readonly number[]) =>
      channels.length === 1 ? `Channel ${channels[0]}` : `Channels ${channels.join(', ')}, the strongest first`,
    units: (count: number) => `A bar for each of ${formatAmount(count, 'unit')}`,
    noMaps: 'not stored',
    howToStore: '--layers all stores it',
    flattened: 'the same values, in one row',
  },
  layer: {
    channelsOf: (name: string) => `The channels of ${name}`,
    unitsOf: (name: string) => `The units of ${name}`,
    parameters: (count: number) => formatAmount(count, 'parameter'),
    nonFinite: (count: string) => `NaN or infinite: ${count}`,
    missing: (name: string) =>
      `The values of ${name} are not on this page. To get them: cnnviz report IMAGE --layers ${name}`,
    order: 'Order by',
    orders: {
      contribution: (className: string) => `contribution to ${className}`,
      number: 'number',
      mean: 'mean',
      max: 'maximum',
      auc: 'AUC',
    },
    larger: 'Show larger',
    keys: 'Point at a channel, or use the arrow keys; a click or Enter opens it.',
    unitKeys: 'Point at a unit, or use the arrow keys; a click or Enter opens it.',
    /** what a screen reader says of a tile */
    tile: (said: string, position: number, count: number) => `${said} · ${position} of ${count}`,
    channel: (number: number) => `Channel ${number}`,
    unit: (number: number) => `Unit ${number}`,
    contributes: (value: string, className: string) => `${value} to the score of ${className}`,
    maximum: (value: string, share: string) => `maximum ${value}, ${share} of the layer's`,
    origin: (channel: number, x: number, y: number) => `channel ${channel} at x ${x}, y ${y}`,
    flattened: (name: string) => `The values of ${name} in one row; here each of its cells has a row of its own.`,
    value: (value: string) => `value ${value}`,
    probabilityOf: (classNames: readonly string[]) =>
      classNames.length === 1 ? `the probability of ${classNames[0]}` : 'the probability of each class',
    auc: (value: string) => `AUC ${value}`,
    allZero: 'all 0 on this image',
    constant: 'constant',
    hasNonFinite: 'NaN or infinite values',
    /** what a screen reader calls all tiles together */
    gridRole: 'grid of tiles',
    /** what is drawn below the tiles; className: of the score that contributions add to */
    belowTiles: (className: string | undefined) =>
      `The bar below a tile is the channel's maximum as a share of the layer's.${className === undefined ? '' : ` ▴ adds to the score of ${className}, ▾ subtracts from it.`}`,
  },
  scale: {
    title: 'Colors from',
    names: {
      strength: '0 to channel maximum',
      zscore: 'mean ± 2σ (the article)',
      layer: 'layer range',
    },
    ends: {
      strength: ['0', 'maximum'],
      /** of a layer with values below 0 */
      signedStrength: ['−maximum', '0', 'maximum'],
      zscore: ['≤ −2σ', 'mean', '≥ +2σ'],
      layer: ['layer minimum', 'layer maximum'],
    },
    histogram: 'How often each color occurs (heights are square roots)',
  },
  channel: {
    title: (layer: string, number: number) => `${layer}, channel ${number}`,
    previous: 'Previous channel',
    next: 'Next channel',
    back: (layer: string) => `Back to all channels of ${layer}`,
    numbers: {
      minimum: 'minimum',
      maximum: 'maximum',
      mean: 'mean',
      deviation: 'standard deviation σ',
      zero: 'exactly 0',
      nextToZero: '0, or less than half a step from it',
      nonFinite: 'NaN or infinite',
      contribution: (className: string) => `contribution to ${className}`,
    },
    about: (value: string) => `about ${value}`,
  },
  compare: {
    sides: { a: 'First', b: 'Second' },
    swap: 'Swap',
    layers: 'Layers',
    lead: 'How alike the two are in each layer: the correlation of all values, place by place (1: the same up to a factor and an offset), and the root mean square of their differences. Choose a layer to see its channels.',
    byNumber:
      'Channels are matched by number: two epochs of a run have the same channels, networks that started from other weights do not.',
    heads: ['layer', 'correlation', 'difference', 'differs most in'],
    same: 'no difference beyond rounding',
    rounding: (step: string) =>
      `Maps are stored in steps: differences up to one step, ${step} of a channel's range at most, are rounding and drawn as 0.`,
    most: (channel: number) => `channel ${channel}`,
    noLayers: 'The two have no layer with maps of the same size.',
    unmatched: (names: string) => `Different in size, or only in one of the two: ${names}`,
    trail: 'Where you are',
    channelsLead: (correlation: string) =>
      `The channels that differ most come first. Of each: the first, the second, and the second minus the first. Correlation of the whole layer: ${correlation}.`,
    channelNumbers: (difference: string, correlation: string) => `difference ${difference}, correlation ${correlation}`,
    sentence: (
      channel: number,
      [first, second]: readonly [string, string],
      { low, high, difference, correlation }: Record<'low' | 'high' | 'difference' | 'correlation', string>,
    ) =>
      `Channel ${channel} of ${first} and of ${second}, both from ${low} to ${high}, and the difference: its root mean square is ${difference}, the correlation of the two ${correlation}`,
    mapOf: (name: string) => `Map of ${name}`,
    bars: { values: 'Both maps: one scale', differences: 'Second minus first: one scale for the layer' },
    scale: ['0 or the lower minimum', 'the higher maximum'],
    divider: 'Divider between the two maps',
    divided: (percent: number, first: string, second: string) => `${percent} % ${first}, ${100 - percent} % ${second}`,
    more: (count: number, left: number) => `Show ${count} more of ${left}`,
    before: 'Channel that differs more',
    after: 'Channel that differs less',
  },
  time: timeTexts,
};
