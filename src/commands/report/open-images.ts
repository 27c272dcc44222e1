// The network and the images of a page.

import { badArgument } from '../../base/errors.js';
import type { ChannelReport } from '../../channels/report.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { EvaluatedImages } from '../../page/gallery/gallery-summary.js';
import { checkReportFile } from '../../page/report-file.js';
import { findChannelReport } from '../shared/channel-report.js';
import { checkNames } from '../shared/check-names.js';
import { expandImageArguments } from '../shared/image-arguments.js';
import { EXPECTED_IMAGES } from '../shared/image-options.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { OpenedNetwork } from '../shared/opened-network.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { readTrueClasses, type TrueClassOf } from '../shared/true-class.js';
import type { ReportSettings } from './options.js';

export interface ReportedImages extends Disposable {
  found: LocatedNetwork;
  trained: OpenedNetwork;
  images: string[];
  /** those that could not be read when the images were chosen, and were reported then */
  badImages: BadFile[];
  trueClassOf: TrueClassOf;
  /** what its channels do on a folder of images, where that is known */
  channelReport: ChannelReport | undefined;
  /** those that the images were chosen from; absent where the page has all that were named */
  evaluated?: EvaluatedImages;
}

/** Opens the images that were named. @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, BAD_MODEL, BAD_IMAGE, BACKEND_UNAVAILABLE */
export async function openImages(settings: ReportSettings): Promise<ReportedImages> {
  const { images: named } = settings;
  if (named === undefined) throw badArgument('images', EXPECTED_IMAGES, undefined);
  const images = await expandImageArguments(named, settings);
  await checkReportFile(settings.out);
  const found = await locateNetwork(settings);
  checkNames(found, { layers: settings.layers });
  const channelReport = await openChannelReport(found, settings);
  const trained = await openTrainedNetwork(found, { ...settings, images }, ['run', 'score']);
  const trueClassOf = readTrueClasses(named, found.classNames);
  return {
    ...{ found, trained, images, badImages: [], trueClassOf, channelReport },
    [Symbol.dispose]: () => trained[Symbol.dispose](),
  };
}

/** @throws CnnvizError BAD_ARGUMENT */
export function openChannelReport(
  found: LocatedNetwork,
  { channelReport, onEvent = () => undefined }: ReportSettings,
): Promise<ChannelReport | undefined> {
  return findChannelReport(found, channelReport, onEvent);
}
