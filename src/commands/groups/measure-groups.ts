// How strongly the groups of channels fire on every image of a folder, and where.

import type { NetworkLayer } from '../../engines/contract/engine.js';
import { GroupMeter, type GroupSums, peaksOfGroups } from '../../groups/measure-strengths.js';
import { addPeaks, createPeaks } from '../../patches/peaks.js';
import { type PatchShard, startPatchShard } from '../../patches/shard.js';
import type { ChannelImages } from '../channels/channel-images.js';
import { countImages, describeShard } from '../channels/visit-images.js';
import { nameFiles } from '../patches/find-peaks.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { GroupsSettings } from './options.js';
import { type SampledGroups, visitMaps } from './sample-layers.js';

/** What a pass over the folder has found. */
export interface MeasuredGroups {
  /** the groups' patches, as of layers with a channel for each group */
  whole: PatchShard;
  /** layer by layer */
  sums: GroupSums[];
  /** images that groups are painted on, and how strongly each group fires on them: layer by layer [places, groups]; null where it is not known */
  shown: Map<number, (Float64Array | null)[]>;
}

/** @throws CnnvizError BAD_ARGUMENT for a layer with values below 0, BAD_IMAGE, BAD_DATASET, ABORTED */
export async function measureGroups(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  layers: readonly NetworkLayer[],
  groups: readonly SampledGroups[],
  images: ChannelImages,
  settings: GroupsSettings,
): Promise<MeasuredGroups> {
  const { count, batchSize } = settings;
  const { height, width, interpolation, autoOrient, fit } = trained.preprocessing;
  const whole = startPatchShard({
    ...(await describeShard(found, trained, images, settings)),
    preprocessing: { height, width, interpolation, autoOrient, ...(fit && { fit }) },
    ...{ batchSize, count },
    layers: layers.map((layer, index) => {
      const { name, kind, shape, range, field } = layer;
      const groupCount = groups[index]?.count as number;
      return {
        layer: { name, kind, shape: [1, ...shape.slice(0, 2), groupCount], range },
        position: trained.network.layers.indexOf(layer) + 1,
        field,
        peaks: createPeaks(groupCount, images.classNames.length, count),
      };
    }),
    files: {},
  });
  const meters = groups.map((each) => new GroupMeter(each));
  const sums = meters.map((meter) => meter.createSums());
  const drawn: MeasuredGroups['shown'] = new Map(
    spread(images.files.length, settings.images).map((index) => [index, layers.map(() => null)]),
  );
  whole.badImageCount = await visitMaps(
    trained,
    layers,
    images,
    withProgressAlone(settings),
    ({ layer, maps, fileIndex, classIndex }) => {
      const strengths = maps && (meters[layer] as GroupMeter).measure(maps);
      strengths?.addTo(sums[layer] as GroupSums);
      const { layer: described, peaks: tally } = whole.layers[layer] as PatchShard['layers'][number];
      const peaks = peaksOfGroups(described.name, strengths?.values ?? null, tally.channels);
      addPeaks(tally, peaks, 0, classIndex, fileIndex);
      const kept = drawn.get(fileIndex);
      if (kept !== undefined) kept[layer] = strengths?.values ?? null;
    },
    ({ batch }) => countImages(whole.imageCounts, batch),
  );
  const seen = [...drawn].filter(([, strengths]) => strengths.some((each) => each !== null));
  nameFiles(
    whole,
    images,
    seen.map(([fileIndex]) => fileIndex),
  );
  return { whole, sums, shown: drawn };
}

/** So many of them, as far from each other as can be. */
function spread(all: number, wanted: number): number[] {
  const count = Math.min(all, wanted);
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * all) / count));
}

/** What is to be said of the images was said when they were seen first. */
function withProgressAlone({ onEvent, ...settings }: GroupsSettings): GroupsSettings {
  if (onEvent === undefined) return settings;
  return {
    ...settings,
    onEvent: (event) => {
      if (event.type === 'evaluation-step') onEvent(event);
    },
  };
}
