// What a page has once, whichever images it shows.

import type { LayerComputation } from '../../network/computation.js';
import { forecastWeights } from '../../page/computations.js';
import type { ReportSummary } from '../../page/summary.js';
import type { TimeSummary } from '../../page/time/time-data.js';
import { findChannelPictures } from './channel-pictures.js';
import { findTime } from './find-time.js';
import type { ReportedImages } from './open-images.js';
import { computedLayers } from './page-computations.js';
import type { ReportingJob } from './report-image.js';

export interface SharedParts extends Pick<ReportSummary, 'computations' | 'pictures'> {
  time: TimeSummary | undefined;
}

/** How the layers are computed, pictures of channels, and the training over time, as far as the run has them. */
export async function collectShared(
  { found, trained }: Pick<ReportedImages, 'found' | 'trained'>,
  computations: readonly LayerComputation[],
  { pageNetwork, onEvent }: ReportingJob,
): Promise<SharedParts> {
  return {
    computations: computedLayers(computations, pageNetwork),
    pictures: await findChannelPictures(found, trained, onEvent),
    time: await findTime(found, onEvent),
  };
}

/** The bytes of that on a page, roughly. */
export function weighShared({ computations, pictures, time }: SharedParts): number {
  const [ofPictures, ofTime] = [pictures, time ?? ''].map((part) => JSON.stringify(part).length) as [number, number];
  return forecastWeights(computations) + ofPictures + ofTime;
}
