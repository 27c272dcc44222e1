// Builds the report of a whole folder from merged shards.

import { measureLayer } from './measure-channels.js';
import type { ChannelReport } from './report.js';
import type { ChannelShard } from './shard.js';
import { describeVerdict, reportBackends } from './verdict.js';

/** The report of a whole folder. @param whole all its shards, merged */
export function buildReport({
  versions,
  backend,
  otherBackends = [],
  model,
  data,
  preprocessing,
  classNames,
  badImageCount,
  imageCounts,
  layers: tallies,
  paths,
}: ChannelShard): ChannelReport {
  const pathOf = (fileIndex: number) => paths[fileIndex] as string;
  const layers = tallies.map(({ layer, tally }) => measureLayer(layer, tally, classNames.length > 0, pathOf));
  const imageCount = imageCounts.reduce((sum, count) => sum + count, 0);
  const classes = classNames.map((className, index) => ({ className, imageCount: imageCounts[index] as number }));
  return {
    format: 'cnnviz-channels',
    formatVersion: 1,
    versions,
    backend,
    model,
    data: { path: data.path, split: data.split, imageCount, badImageCount },
    preprocessing,
    classes,
    layers,
    verdict: [...describeVerdict(layers, classes, imageCount), ...reportBackends([backend.name, ...otherBackends])],
  };
}
