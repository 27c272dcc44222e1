// Correlates the channels of layers that two networks have in common, and pairs them.

import type { LayerOutput, NetworkLayer } from '../../engines/contract/engine.js';
import { ChannelCorrelation } from '../../similarity/channel-correlation.js';
import { type ChannelPartner, findBestPartners, pairChannels, pairedAtMost } from '../../similarity/match-channels.js';
import type { LayerMatch } from './result.js';

/** One layer that both networks have by name. */
class LayerMatcher {
  readonly name: string;
  readonly #by: LayerMatch['by'];
  readonly #correlation: ChannelCorrelation;

  constructor(a: NetworkLayer, b: NetworkLayer) {
    this.name = a.name;
    this.#by = a.shape.slice(0, -1).join() === b.shape.slice(0, -1).join() ? 'places' : 'means';
    this.#correlation = new ChannelCorrelation(a.shape.at(-1) as number, b.shape.at(-1) as number);
  }

  async add(a: LayerOutput, b: LayerOutput): Promise<void> {
    if (this.#by === 'places') await this.#correlation.add(a.values, b.values);
    else await this.#correlation.add(averageMaps(a), averageMaps(b));
  }

  async match(): Promise<LayerMatch> {
    const correlations = this.#correlation.values;
    const best = findBestPartners(correlations);
    const isSmall = Math.max(correlations.length, correlations[0]?.length ?? 0) <= pairedAtMost;
    const pairs = isSmall ? await pairChannels(correlations) : null;
    const paired = pairs === null ? best : best.filter(({ channel }) => pairs[channel]?.partner !== null);
    const medians = { medianBest: medianOf(paired), medianPairs: pairs && medianOf(pairs) };
    return { name: this.name, by: this.#by, best, pairs, ...medians };
  }
}

/** Layers of the same name and kind. @param names that are looked at in both */
export function openMatchers(layers: { a: readonly NetworkLayer[]; b: readonly NetworkLayer[] }): LayerMatcher[] {
  return layers.a.flatMap((layer) => {
    const other = layers.b.find(({ name, kind }) => name === layer.name && kind === layer.kind);
    const isAlike = other !== undefined && other.shape.length === layer.shape.length;
    return isAlike ? [new LayerMatcher(layer, other)] : [];
  });
}

/** The mean of each channel of each image, [size, channels]. */
function averageMaps({ shape, values }: LayerOutput): Float32Array {
  const [size = 1, channels = 1] = [shape[0], shape.at(-1)];
  const places = values.length / size / channels;
  const means = new Float32Array(size * channels);
  for (let image = 0, at = 0; image < size; image++) {
    for (let place = 0; place < places; place++) {
      for (let channel = 0; channel < channels; channel++, at++) {
        const to = image * channels + channel;
        means[to] = (means[to] as number) + (values[at] as number) / places;
      }
    }
  }
  return means;
}

function medianOf(partners: readonly ChannelPartner[]): number | null {
  const values = partners.flatMap(({ partner, correlation }) => (partner === null ? [] : [correlation]));
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  if (values.length === 0) return null;
  return values.length % 2 === 1
    ? (values[middle] as number)
    : ((values[middle - 1] as number) + (values[middle] as number)) / 2;
}
