// What another network makes of the images that a page shows in full, to be compared with the page's own.

import { basename } from 'node:path';
import type { PagePart } from '../../page/image-part.js';
import type { ReportSummary } from '../../page/summary.js';
import type { EventListener } from '../shared/events.js';
import { prepareBySize } from '../shared/jobs-by-size.js';
import { locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { readTrueClasses } from '../shared/true-class.js';
import type { ReportedImages } from './open-images.js';
import type { ReportSettings } from './options.js';
import type { ReportingJob } from './report-image.js';

/** How a page's own network is prepared for an image. */
type Prepare = (
  opened: Pick<ReportedImages, 'found' | 'trueClassOf'>,
  trained: TrainedNetwork,
  settings: ReportSettings,
  first?: ReportingJob,
) => Omit<ReportingJob, 'scoring'>;

/** The other network. */
export interface OtherNetwork extends Disposable {
  job: ReportingJob;
  summary: NonNullable<ReportSummary['against']>;
  /** What it makes of images, one after the other. @throws CnnvizError BAD_IMAGE, BAD_MODEL */
  reportImages(images: readonly string[]): AsyncGenerator<PagePart>;
}

/**
 * Opens the other network. It gets the images as it was trained on them.
 *
 * @param images of which it may be asked
 * @throws CnnvizError NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_IMAGE, BACKEND_UNAVAILABLE
 */
export async function openAgainst(
  model: string,
  images: readonly string[],
  settings: ReportSettings,
  prepare: Prepare,
): Promise<OtherNetwork> {
  const { backend, method, smooth, exact, out, layers } = settings;
  const onEvent = listenForWarnings(settings);
  const found = await locateNetwork({ model, onEvent });
  const trained = await openTrainedNetwork(found, { backend, images, onEvent }, ['run', 'score']);
  try {
    const known = new Set(trained.network.layers.map(({ name }) => name));
    // Names are those of the page's own network: of the other one those are shown that it has, too.
    const common = Array.isArray(layers) ? layers.filter((name) => known.has(name)) : layers;
    const own = { ...settings, onEvent, backend, method, smooth, exact, out };
    if (common === undefined || (Array.isArray(common) && common.length === 0)) delete own.layers;
    else own.layers = common;
    const trueClassOf = readTrueClasses(images, found.classNames);
    const jobs = await prepareBySize<ReportingJob>(trained, (sized, first) => ({
      ...prepare({ found, trueClassOf }, sized, own, first),
      ...{ scoring: undefined, isOther: true },
    }));
    const { place, description } = trained;
    const weights = place.epoch === undefined ? undefined : `epoch ${place.epoch}`;
    const name = basename(place.path);
    return {
      job: jobs.first,
      summary: {
        model: { name, parameterCount: description.parameterCount, ...(weights !== undefined && { weights }) },
        ...{ classNames: found.classNames, network: jobs.first.pageNetwork },
      },
      async *reportImages(shown) {
        const { reportImage } = await import('./report-image.js');
        for (const [index, image] of shown.entries())
          yield (await reportImage(image, index + 1, await jobs.forImage(image))).part;
      },
      [Symbol.dispose]: () => trained[Symbol.dispose](),
    };
  } catch (error) {
    trained[Symbol.dispose]();
    throw error;
  }
}

/** What is said of each image is said once, of the page's own network. */
function listenForWarnings({ onEvent }: ReportSettings): EventListener {
  return (event) => {
    if (event.type === 'warning' || event.type === 'note') onEvent?.(event);
  };
}
