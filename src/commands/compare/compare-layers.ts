// The channels of layers that two have in common, in numbers and as pictures.

import type { LayerActivation } from '../../activations/capture.js';
import { formatAmount } from '../../base/counts.js';
import { formatNumber } from '../../base/numbers.js';
import type { Plane } from '../../base/plane.js';
import type { Raster } from '../../base/raster.js';
import { fileBase } from '../../output/activation-files.js';
import { renderComparison } from '../../rendering/comparison.js';
import { encodePng } from '../../rendering/png.js';
import { compareMaps, cosineOf } from '../../similarity/compare-maps.js';
import { rankChannels } from './rank-channels.js';
import type { ComparedChannel, ComparedLayer } from './result.js';
import type { SeenImage } from './see-image.js';

export interface LayerComparison {
  a: SeenImage;
  b: SeenImage;
  /** of both, in the first network's order, with their places in it from 1 */
  layers: readonly { name: string; position: number }[];
  /** for each layer the partners of the first one's channels, where they were matched */
  partnersOf?: (layerName: string) => readonly (number | null)[] | undefined;
  /** what the pictures say: after a layer's name, which is which, and below */
  words: { about: string; left: string; middle: string; sentences: readonly string[] };
  /** the images that the two saw: one where it is the same */
  photographs: readonly Raster[];
  texts: Readonly<Record<string, string>>;
  /** channels of a layer to draw */
  count: number;
  colormap: Parameters<typeof renderComparison>[0]['colormap'];
}

/** A layer and its picture. */
export interface DrawnLayer extends ComparedLayer {
  png: Uint8Array;
}

/** Compares and draws layer after layer. */
export function* compareLayers(comparison: LayerComparison): Generator<DrawnLayer> {
  const { a, b, layers, partnersOf } = comparison;
  for (const { name, position } of layers) {
    const [one, other] = [a.layers.get(name), b.layers.get(name)] as [LayerActivation, LayerActivation];
    const channels = compareChannels(one, other, partnersOf?.(name));
    const png = drawLayer(name, [one, other], channels, comparison);
    const files = [`${fileBase(name, position)}.png`];
    yield { name, cosine: partnersOf ? null : cosineOf(one.values, other.values), channels, files, png };
  }
}

function compareChannels(
  { planes }: LayerActivation,
  other: LayerActivation,
  partners?: readonly (number | null)[],
): ComparedChannel[] {
  return planes.flatMap((plane, channel) => {
    const partner = partners === undefined ? channel : (partners[channel] ?? null);
    if (partner === null) return [];
    return [{ channel, partner, ...compareMaps(plane, other.planes[partner] as Plane) }];
  });
}

function drawLayer(
  name: string,
  [one, other]: readonly [LayerActivation, LayerActivation],
  channels: readonly ComparedChannel[],
  { words, texts, count, colormap, photographs }: LayerComparison,
): Uint8Array {
  const ranked = rankChannels(channels).slice(0, count);
  const pairs = ranked.map((channel) => ({
    caption: describeChannel(channel),
    a: one.planes[channel.channel] as Plane,
    b: other.planes[channel.partner] as Plane,
  }));
  const picture = renderComparison({
    title: `${name}${words.about}`,
    subtitle: `left: ${words.left}; middle: ${words.middle}; right: middle less left`,
    ...{ photographs, pairs, colormap },
    sentences: [describeShown(ranked, channels.length), ...words.sentences],
  });
  return encodePng(picture, { ...texts, Layer: name });
}

/** @param ranked those shown, the one that differs most first */
function describeShown(ranked: readonly ComparedChannel[], count: number): string {
  const [first] = ranked;
  const channels = formatAmount(count, 'channel');
  if (first?.difference === null) return `${ranked.length} of ${channels}: no finite values to compare`;
  if (first === undefined || first.difference === 0) return `${ranked.length} of ${channels}: nothing differs`;
  return `the ${ranked.length} of ${channels} that differ most`;
}

function describeChannel({ channel, partner, correlation }: ComparedChannel): string {
  const name = channel === partner ? `#${channel}` : `#${channel} and #${partner}`;
  return correlation === null ? name : `${name}, r ${formatNumber(Number(correlation.toFixed(2)))}`;
}
