// One layer of that.

import type { LayerActivation } from '../../activations/capture.js';
import { type DescribedChannel, describeLayer, type LayerRanking } from '../../activations/describe-layer.js';
import { measurePlanes } from '../../base/plane.js';
import type { ChannelReport } from '../../channels/report.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { locateLayerCells } from '../../explain/locate-cells.js';
import { describeMetrics } from '../../page/channel-metrics.js';
import type { ChannelSummary, LayerSummary } from '../../page/summary.js';
import { reportedFiring } from '../shared/reported-firing.js';

/** What is known of the layers of an image besides their values. */
export interface LayerKnowledge {
  /** by layer */
  rankings: ReadonlyMap<string, LayerRanking> | undefined;
  /** what the channels did on a folder of images */
  report: ChannelReport | undefined;
  network: { inputShape: readonly number[] };
}

/** What a report says of one layer. */
export function summarizeLayer(
  layer: NetworkLayer,
  activations: ReadonlyMap<string, LayerActivation>,
  { rankings, report, network }: LayerKnowledge,
): LayerSummary {
  const { name, kind, parameterCount, flattened } = layer;
  const activation = activations.get(name) as LayerActivation;
  const { shape, values, planes } = activation;
  const ranking = rankings?.get(name);
  const overImages = reportedFiring(report, name);
  const cells = locateLayerCells(layer, network);
  const context = { ...(ranking && { ranking }), ...(overImages && { overImages }), ...(cells && { cells }) };
  const described = describeLayer(activation, context);
  const metrics = report?.layers.find((layer) => layer.name === name)?.channels;
  const overall = measurePlanes(planes);
  const channels = planes.map((plane, number): ChannelSummary => {
    const {
      caption,
      firingFraction: _,
      place: __,
      contribution,
      ...statistics
    } = described.channels[number] as DescribedChannel;
    const metric = metrics?.[number];
    const said = report && metric && describeMetrics(report, metric);
    return {
      ...{ plane, statistics, caption },
      ...(contribution !== undefined && { contribution }),
      ...(said !== undefined && { overImages: said }),
    };
  });
  const { caption } = described;
  // The units of a layer without height and width are no pictures: together they are one row.
  const units = { plane: { width: values.length, height: 1, values }, statistics: overall, caption };
  const about = { name, kind, shape, parameterCount, caption, flattened };
  return { ...about, channels: shape.length === 4 ? channels : [units], overall };
}
