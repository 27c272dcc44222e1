import type { FiringImages } from '../../activations/captions.js';
import type { ChannelReport } from '../../channels/report.js';

/** What a channel report says of how many images each channel of a layer fires on; undefined where it does not know it. */
export function reportedFiring(report: ChannelReport | undefined, layerName: string): FiringImages[] | undefined {
  const layer = report?.layers.find(({ name }) => name === layerName);
  if (report === undefined || layer === undefined) return undefined;
  return layer.channels.map(({ firingImageFraction: firingFraction, classes }) => ({
    imageCount: report.data.imageCount,
    firingFraction,
    classes: classes.flatMap(({ firingImageFraction }, index) => {
      const className = report.classes[index]?.className;
      return className === undefined || firingImageFraction === null
        ? []
        : [{ className, firingFraction: firingImageFraction }];
    }),
  }));
}
