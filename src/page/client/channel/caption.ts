// What is said of a channel, in the words of the command line.

import { captionChannel, type FiringImages } from '../../../activations/captions.js';
import { findThirds, measureFiring } from '../../../activations/firing.js';
import { describeMetrics } from '../../channel-metrics.js';
import type { ChannelReportData, NetworkLayerData, SideField } from '../../page-data.js';
import { channelNumbers } from '../channel-numbers.js';
import { halfStep, type LayerMaps, valueOfStep } from '../layer-maps.js';

/** A channel that is spoken of. */
interface SpokenChannel {
  about: NetworkLayerData;
  maps: LayerMaps;
  number: number;
  /** [height, width, ...] of the network's input */
  inputShape: readonly number[];
  contributionTo: string | undefined;
  report: ChannelReportData | undefined;
}

/** Where and how much a channel fires, what it adds to the score, and what it does on other images where that is known. */
export function captionOf({ about, maps, number, inputShape, contributionTo, report }: SpokenChannel): string[] {
  const { layer, channels } = maps;
  const map = channels[number];
  if (map === undefined) return [];
  // Of values in steps only those count that are certainly above 0, for how much fires as for where.
  const uncertain = layer.isRounded && map.low <= 0 ? halfStep(map) : 0;
  const values = Float32Array.from(map.steps, (step) => {
    const value = valueOfStep(step, map);
    return value <= uncertain ? 0 : value;
  });
  const thirds =
    about.field &&
    findThirds({
      rows: middles(about.field.rows, inputShape[0]),
      columns: middles(about.field.columns, inputShape[1]),
    });
  const [firing] = measureFiring([{ width: layer.width, height: layer.height, values }], thirds);
  const contribution = layer.contribution?.[number];
  const overImages = report && findFiring(report, layer.name, number);
  const caption = captionChannel({
    ...{ kind: 'channel', number, statistics: channelNumbers(layer, number) },
    firing: {
      ...{ regions: [], evenRegions: [], ...firing },
      // Of a report it is known from the values themselves.
      fraction: layer.firingFraction[number] as number,
      isAtLeast: layer.isRounded === true,
    },
    ...(contribution !== undefined &&
      contributionTo !== undefined && { contribution: { className: contributionTo, value: contribution } }),
    ...(overImages && { overImages }),
  });
  const metrics = report && describeReported(report, layer.name, number);
  return metrics === undefined ? [caption] : [caption, metrics];
}

function middles({ middle }: SideField, size = 1): number[] {
  return middle.map((each) => each / size);
}

function findFiring(report: ChannelReportData, name: string, number: number): FiringImages | undefined {
  const layer = report.layers[name];
  if (layer?.firing[number] === undefined) return undefined;
  return {
    imageCount: report.imageCount,
    firingFraction: layer.firing[number] as number,
    classes: report.classes.flatMap(({ className }, index) => {
      const firingFraction = layer.classFiring[index]?.[number];
      return firingFraction == null ? [] : [{ className, firingFraction }];
    }),
  };
}

function describeReported(report: ChannelReportData, name: string, number: number): string | undefined {
  const layer = report.layers[name];
  if (layer?.state[number] === undefined) return undefined;
  const { state, tells, auc, effectSize } = layer;
  return describeMetrics(
    { imageCount: report.imageCount, classes: report.classes },
    {
      state: state[number] as (typeof state)[number],
      tells: tells[number] as number | null,
      auc: auc[number] ?? null,
      effectSize: effectSize[number] ?? null,
    },
  );
}
