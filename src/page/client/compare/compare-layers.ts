// What differs between two images' maps of a layer, channel by channel.

import { type ChannelMap, halfStep, type LayerMaps, valueOfStep } from '../layer-maps.js';

/** A channel on two images, or of two networks. */
export interface ComparedChannel {
  /** of the channel, from 0 */
  number: number;
  /** the ends of the scale that both are on */
  low: number;
  high: number;
  /** root mean square of the differences */
  difference: number;
  /** -1..1; null where one of the two is constant */
  correlation: number | null;
  /** how large a difference may be because maps are stored in steps */
  rounding: number;
  /** no difference is larger than that */
  isSame: boolean;
}

export interface ComparedLayer {
  /** those that differ most first */
  channels: ComparedChannel[];
  /** of all values of all channels */
  correlation: number | null;
  difference: number;
  /** how far from 0 any difference is: the ends of the scale of all of them */
  limit: number;
}

/** The values of a channel; NaN where there is no number. */
export function readValues(channel: ChannelMap): Float32Array {
  const values = Float32Array.from({ length: channel.stepCount }, (_, step) => valueOfStep(step, channel));
  return Float32Array.from(channel.steps, (step) => values[step] ?? Number.NaN);
}

/** @param a of the same layer as `b`: as many channels, of the same size. Places where one has no number do not count. */
export function compareLayers(a: LayerMaps, b: LayerMaps): ComparedLayer {
  const all = createSums();
  const channels = a.channels.map((own, number): ComparedChannel => {
    const sums = createSums();
    const other = b.channels[number] as ChannelMap;
    addPairs(sums, readValues(own), readValues(other));
    join(all, sums);
    // A little more: sums of steps are rounded, too.
    const rounding = 1.000001 * (halfStep(own) + halfStep(other));
    return {
      ...{ rounding, isSame: sums.limit <= rounding },
      ...{ number, low: Math.min(0, own.low, other.low), high: Math.max(0, own.high, other.high) },
      ...{ difference: rootMeanSquare(sums), correlation: correlate(sums) },
    };
  });
  channels.sort((one, two) => two.difference - one.difference || one.number - two.number);
  return { channels, correlation: correlate(all), difference: rootMeanSquare(all), limit: all.limit };
}

/** Of the pairs of values at each place. */
interface Sums {
  count: number;
  a: number;
  b: number;
  aa: number;
  bb: number;
  ab: number;
  limit: number;
}

function createSums(): Sums {
  return { count: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0, limit: 0 };
}

function addPairs(sums: Sums, a: Float32Array, b: Float32Array): void {
  a.forEach((one, place) => {
    const two = b[place] as number;
    if (Number.isNaN(one) || Number.isNaN(two)) return;
    sums.count++;
    sums.a += one;
    sums.b += two;
    sums.aa += one * one;
    sums.bb += two * two;
    sums.ab += one * two;
    sums.limit = Math.max(sums.limit, Math.abs(two - one));
  });
}

function join(into: Sums, { limit, ...sums }: Sums): void {
  for (const [name, value] of Object.entries(sums)) into[name as keyof typeof sums] += value;
  into.limit = Math.max(into.limit, limit);
}

function rootMeanSquare({ count, aa, bb, ab }: Sums): number {
  return count === 0 ? 0 : Math.sqrt(Math.max(0, aa - 2 * ab + bb) / count);
}

function correlate({ count, a, b, aa, bb, ab }: Sums): number | null {
  const [spreadA, spreadB] = [count * aa - a * a, count * bb - b * b];
  // Equal values add up to a spread a rounding error away from 0.
  const isConstant = spreadA <= 1e-9 * count * aa || spreadB <= 1e-9 * count * bb;
  if (count === 0 || isConstant) return null;
  return Math.max(-1, Math.min(1, (count * ab - a * b) / Math.sqrt(spreadA * spreadB)));
}
