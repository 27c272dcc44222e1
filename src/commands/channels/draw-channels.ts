// Its most discriminative channels, on the images that activate them most.

import { join } from 'node:path';
import type { Plane } from '../../base/plane.js';
import { rasterFromPixels } from '../../base/raster.js';
import type { ChannelMetrics, ChannelReport, LayerMetrics } from '../../channels/report.js';
import type { ChannelShard } from '../../channels/shard.js';
import type { LayerTally } from '../../channels/tally.js';
import { discriminativePower } from '../../channels/verdict.js';
import { toImageInput } from '../../dataset/stream/image-input.js';
import type { LayerOutput } from '../../engines/contract/engine.js';
import type { ResultFile } from '../../output/activation-files.js';
import { drawDiscriminative, type StrongestMap } from '../../output/channel-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openDecoder } from '../shared/open-decoder.js';

/** Channels of a layer that are shown. */
const shownAtMost = 12;

/**
 * Draws the most discriminative channels of each layer with maps, each on the image that activates it most: those images go
 * through the network once more.
 *
 * @param counted what the report was measured from
 * @throws CnnvizError BAD_IMAGE for an image that is gone by now
 */
export async function drawDiscriminativeChannels(
  report: ChannelReport,
  counted: ChannelShard,
  { network, preprocessing, backend }: Pick<TrainedNetwork, 'network' | 'preprocessing' | 'backend'>,
  source: PictureSource,
): Promise<ResultFile[]> {
  using decoder = await openDecoder(backend.name);
  const layers = report.layers.filter(({ shape }) => shape.length === 4);
  const wanted = layers.flatMap((layer) => chooseChannels(report, layer).map((channel) => ({ layer, channel })));
  const paths = new Set(wanted.map(({ channel }) => channel.strongestImage?.path as string));
  const maps = new Map<ChannelMetrics, StrongestMap>();
  for (const path of paths) {
    const here = wanted.filter(({ channel }) => channel.strongestImage?.path === path);
    const names = [...new Set(here.map(({ layer }) => layer.name))];
    const bytes = await decoder.decode(join(report.data.path, path), preprocessing);
    const outputs = await network.run(toImageInput(bytes, preprocessing), 1, names);
    const photograph = rasterFromPixels(bytes, preprocessing.width, preprocessing.height, 3);
    for (const { layer, channel } of here) {
      const output = outputs[names.indexOf(layer.name)] as LayerOutput;
      maps.set(channel, { channel: channel.channel, photograph, plane: takeChannel(output, channel.channel) });
    }
  }
  return layers.flatMap((layer) => {
    const shown = chooseChannels(report, layer).map((channel) => maps.get(channel) as StrongestMap);
    const position = network.layers.findIndex(({ name }) => name === layer.name) + 1;
    const tally = counted.layers.find((each) => each.layer.name === layer.name)?.tally as LayerTally;
    return shown.length === 0 ? [] : [drawDiscriminative({ report, layer, tally, position, maps: shown, source })];
  });
}

/** By the effect where there are classes, else by what a channel varies. */
function chooseChannels({ classes }: ChannelReport, { channels }: LayerMetrics): ChannelMetrics[] {
  const power = (metrics: ChannelMetrics) =>
    classes.length > 0 ? discriminativePower(metrics) : metrics.standardDeviation;
  return channels
    .filter((metrics) => metrics.strongestImage !== null && power(metrics) > 0)
    .sort((a, b) => power(b) - power(a))
    .slice(0, shownAtMost);
}

function takeChannel({ shape, values }: LayerOutput, channel: number): Plane {
  const [, height, width, channels] = shape as [number, number, number, number];
  const plane = new Float32Array(height * width);
  for (let index = 0; index < plane.length; index++) plane[index] = values[index * channels + channel] as number;
  return { width, height, values: plane };
}
