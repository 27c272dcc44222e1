import type { CellPlaces } from '../base/cell-places.js';
import { measurePlanes, type PlaneStatistics } from '../base/plane.js';
import {
  type ChannelFacts,
  type ChannelWords,
  captionChannel,
  captionLayer,
  type FiringImages,
  summarizeChannel,
} from './captions.js';
import type { LayerActivation } from './capture.js';
import { describePlace, type Firing, findThirds, measureFiring } from './firing.js';
import {
  isContribution,
  type RankedChannel,
  type RankingMeasure,
  rankChannels,
  rankingValues,
} from './rank-channels.js';

/** A layer's channels in numbers and words. */
export interface DescribedLayer {
  caption: string;
  /** in their order */
  channels: DescribedChannel[];
  /** the strongest ones, the strongest first, where they were ranked */
  top?: (RankedChannel & ChannelWords)[];
}

export interface DescribedChannel extends PlaneStatistics {
  /** 0..1, of all values: those above 0 */
  firingFraction: number;
  /** where on the image it mostly fires, in words; of maps that do */
  place?: string;
  /** to the score of the ranking's class; where channels were ranked by it */
  contribution?: number;
  caption: string;
}

/** What is known of a layer besides its values. */
export interface LayerContext {
  /** absent: it is not ranked */
  ranking?: LayerRanking;
  /** where the cells of its maps lie on the image; absent: evenly */
  cells?: CellPlaces;
  /** what each channel did on other images; absent: not known */
  overImages?: readonly FiringImages[];
}

export interface LayerRanking {
  by: RankingMeasure;
  /** so many channels */
  count: number;
  /** of each channel, and to the score of which class; there when ranked by it */
  contributions?: { className: string; values: ArrayLike<number> };
}

/** What one of a layer's planes is called. */
export function channelKind({ shape }: Pick<LayerActivation, 'shape'>): ChannelFacts['kind'] {
  return shape.length === 4 ? 'channel' : 'unit';
}

/** Measures each of a layer's channels. @param cells where they lie on the image; absent: evenly */
export function measureChannels(
  { planes }: Pick<LayerActivation, 'planes'>,
  cells?: CellPlaces,
): { statistics: PlaneStatistics; firing: Firing }[] {
  const firing = measureFiring(planes, cells && findThirds(cells));
  return planes.map((plane, channel) => ({
    statistics: measurePlanes([plane]),
    firing: firing[channel] as Firing,
  }));
}

/** Measures a layer's channels, ranks them and puts all of it into words. */
export function describeLayer(
  layer: LayerActivation,
  { ranking, overImages, cells }: LayerContext = {},
): DescribedLayer {
  const kind = channelKind(layer);
  const contributions = ranking?.contributions;
  const facts = measureChannels(layer, cells).map((measured, number) => ({
    kind,
    number,
    ...measured,
    ...(contributions && {
      contribution: { className: contributions.className, value: contributions.values[number] as number },
    }),
    ...(overImages && { overImages: overImages[number] as FiringImages }),
  }));
  const statistics = facts.map((channel) => channel.statistics);
  const top =
    ranking &&
    rankLayer(ranking, statistics).map((ranked) => {
      return { ...ranked, ...summarizeChannel(facts[ranked.channel] as ChannelFacts) };
    });
  const [first] = top ?? [];
  const strongest = ranking && first && { by: nameRanking(ranking), number: first.channel, value: first.value };
  return {
    caption: captionLayer({ kind, channels: facts, ...(strongest && { strongest }) }),
    channels: facts.map((channel) => {
      const place = kind === 'unit' ? undefined : describePlace(channel.firing);
      return {
        ...channel.statistics,
        firingFraction: channel.firing.fraction,
        ...(place !== undefined && { place }),
        ...(channel.contribution && { contribution: channel.contribution.value }),
        caption: captionChannel(channel),
      };
    }),
    ...(top && { top }),
  };
}

function rankLayer(
  { by, count, contributions }: LayerRanking,
  statistics: readonly PlaneStatistics[],
): RankedChannel[] {
  const values = isContribution(by) ? Array.from(contributions?.values ?? []) : rankingValues(by, statistics);
  return rankChannels(values, statistics, { by, count });
}

/** By what channels are ranked, in words. */
export function nameRanking({ by, contributions }: LayerRanking): string {
  if (isContribution(by)) return `${by} ${by === 'support' ? 'for' : 'to'} the score of ${contributions?.className}`;
  return by === 'max' ? 'maximum' : by;
}
