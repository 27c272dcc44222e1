import type { PlaneStatistics } from '../plane.js';
import { captionChannel, captionLayer } from './captions.js';
import type { LayerActivation } from './capture.js';
import { measureFiring } from './firing.js';

/** A layer's channels in numbers and words. */
export interface DescribedLayer {
  caption: string;
  channels: DescribedChannel[];
}

export interface DescribedChannel extends PlaneStatistics {
  /** 0..1, of all values: those above 0 */
  firingFraction: number;
  caption: string;
}

/** Puts a layer into words. @param statistics of its channels */
export function describeLayer(
  { name, planes, shape }: LayerActivation,
  statistics: readonly PlaneStatistics[],
): DescribedLayer {
  const kind = shape.length === 4 ? 'channel' : 'unit';
  const facts = planes.map(
    (plane, number) =>
      ({
        kind,
        number,
        statistics: statistics[number] as PlaneStatistics,
        firing: measureFiring(plane),
      }) as const,
  );
  return {
    caption: captionLayer({ name, kind, channels: facts }),
    channels: facts.map((channel) => ({
      ...channel.statistics,
      firingFraction: channel.firing.fraction,
      caption: captionChannel(channel),
    })),
  };
}
