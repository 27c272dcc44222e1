// One layer of that.

import type { LayerActivation } from '../../activations/capture.js';
import { type DescribedChannel, describeLayer, type LayerRanking } from '../../activations/describe-layer.js';
import { measurePlanes } from '../../base/plane.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { locateLayerCells } from '../../explain/locate-cells.js';
import type { ChannelSummary, LayerSummary } from '../../page/summary.js';

/** What is known of the layers of an image besides their values. */
export interface LayerKnowledge {
  /** by layer */
  rankings: ReadonlyMap<string, LayerRanking> | undefined;
  network: { inputShape: readonly number[] };
}

/** What a report says of one layer. */
export function summarizeLayer(
  layer: NetworkLayer,
  activation: LayerActivation,
  { rankings, network }: LayerKnowledge,
): LayerSummary {
  const { name } = layer;
  const { shape, values, planes } = activation;
  const ranking = rankings?.get(name);
  const cells = locateLayerCells(layer, network);
  const { caption, channels } = describeLayer(activation, { ...(ranking && { ranking }), ...(cells && { cells }) });
  const overall = measurePlanes(planes);
  if (shape.length !== 4) {
    const contributions = ranking?.contributions && Array.from(ranking.contributions.values);
    const units = { name, caption, channels: [], units: values, overall };
    return { ...units, ...(contributions && { unitContributions: contributions }) };
  }
  const summarized = planes.map((plane, number): ChannelSummary => {
    const { firingFraction, contribution, caption: _, place: __, ...statistics } = channels[number] as DescribedChannel;
    return { plane, statistics, firingFraction, ...(contribution !== undefined && { contribution }) };
  });
  return { name, caption, channels: summarized, overall };
}
