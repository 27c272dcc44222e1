// A layer of a film as the page's script knows the layers of an image.

import { captionLayer } from '../../activations/captions.js';
import { type CodedChannel, nonValueCode } from '../../film/codes.js';
import type { FrameLayer } from '../../film/frame.js';
import type { LayerData } from '../image-data.js';
import { shorten } from '../layers.js';
import { type MeasuredCodes, measureCodes } from './measure-codes.js';

/** A layer with maps, of which each channel has 255 steps. */
export function describeFilmLayer({ name, width, height, channels, isMap }: FrameLayer): LayerData {
  const measured = channels.map(measureCodes);
  if (!isMap) return describeFilmUnits(name, channels.map(readUnit));
  const gaps = channels.flatMap(({ codes }, channel) =>
    (measured[channel] as MeasuredCodes).nonFiniteCount > 0 ? [[channel, findGaps(codes)]] : [],
  );
  return {
    ...{ name, width, height, columns: 0, steps: channels.map(() => nonValueCode), isRounded: true },
    caption: captionLayer({ kind: 'channel', channels: measured.map((each) => factsOf(each, true)) }),
    ...describeMeasured(measured),
    ...(gaps.length > 0 && { nonFinite: Object.fromEntries(gaps) }),
  };
}

/** The values of a layer without height and width. */
export function describeFilmUnits(name: string, values: readonly number[]): LayerData {
  const finite = values.filter(Number.isFinite);
  const facts = values.map((value) => {
    const isNumber = Number.isFinite(value);
    const [min, firingFraction] = isNumber ? [value, value > 0 ? 1 : 0] : [0, 0];
    return factsOf({ min, max: min, nonFiniteCount: isNumber ? 0 : 1, firingFraction });
  });
  return {
    ...{ name, width: values.length, height: 1, columns: 0, steps: [] },
    caption: captionLayer({ kind: 'unit', channels: facts }),
    ...describeMeasured([]),
    overall: finite.length === 0 ? { min: 0, max: 0 } : { min: Math.min(...finite), max: Math.max(...finite) },
    units: values.map((value) => (Number.isFinite(value) ? shorten(value, 7) : null)),
  };
}

/** One number a channel in each list. */
export function describeMeasured(
  measured: readonly Omit<MeasuredCodes, 'nonFiniteCount'>[],
): Pick<LayerData, 'min' | 'max' | 'mean' | 'standardDeviation' | 'zeroFraction' | 'firingFraction' | 'overall'> {
  const list = (key: keyof Omit<MeasuredCodes, 'nonFiniteCount'>, digits: number) =>
    measured.map((channel) => shorten(channel[key], digits));
  const [min, max] = [list('min', 8), list('max', 8)];
  return {
    ...{ min, max, mean: list('mean', 5), standardDeviation: list('standardDeviation', 5) },
    ...{ zeroFraction: list('zeroFraction', 5), firingFraction: list('firingFraction', 5) },
    overall: { min: Math.min(...min), max: Math.max(...max) },
  };
}

/** @param isAtLeast see `Firing` */
function factsOf(
  { min, max, nonFiniteCount, firingFraction }: Omit<MeasuredCodes, 'mean' | 'standardDeviation' | 'zeroFraction'>,
  isAtLeast = false,
) {
  return {
    statistics: { min, max, nonFiniteCount },
    firing: { fraction: firingFraction, isAtLeast, regions: [], evenRegions: [] },
  };
}

/** A unit is a channel of one value. */
function readUnit({ min, codes: [code] }: CodedChannel): number {
  return code === nonValueCode ? Number.NaN : min;
}

/** How many values have a number, and how many have none, in turn. */
function findGaps(codes: Uint8Array): number[] {
  const runs = [0];
  for (const code of codes) {
    if ((code === nonValueCode) === (runs.length % 2 === 1)) runs.push(0);
    (runs[runs.length - 1] as number)++;
  }
  return runs;
}
