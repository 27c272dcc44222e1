import { CnnvizError } from '../../base/errors.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { scoresOf } from '../../engines/contract/scores.js';
import { selectSpatialLayer } from '../../explain/select-layer.js';
import { resolveOptions } from '../../options/resolve.js';
import { readPageAssets } from '../../page/assets.js';
import { checkReportFile } from '../../page/report-file.js';
import { beginPage, type PageFile } from '../../page/write-page.js';
import { findChannelReport } from '../shared/channel-report.js';
import { checkNames } from '../shared/check-names.js';
import { chooseLayers } from '../shared/choose-layers.js';
import { requireProbabilities } from '../shared/classify.js';
import { expandImageArguments } from '../shared/image-arguments.js';
import { type JobsBySize, prepareBySize } from '../shared/jobs-by-size.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { type CheckedPrediction, readTrueClasses } from '../shared/true-class.js';
import { warnOfTurned } from '../shared/turned-images.js';
import { visitTargets } from '../shared/visit-targets.js';
import { REPORT_OPTIONS, type ReportOptions, type ReportSettings } from './options.js';

import type { ReportingJob } from './report-image.js';
import { describeNetwork } from './report-network.js';
import { summarizeModel } from './report-summary.js';

export interface ReportResult {
  /** the page's file */
  path: string;
  byteCount: number;
  /** one for each image that could be read */
  images: ReportedImage[];
  badImages: BadFile[];
}

export interface ReportedImage {
  image: string;
  /** null if the network does not output class scores */
  prediction: CheckedPrediction | null;
  /** of this image's part of the page */
  byteCount: number;
}

/**
 * Writes everything that a trained network shows about images to one HTML page, which opens anywhere, fetches nothing and
 * needs no server.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND (a path, a layer), BAD_MODEL, BAD_IMAGE when no image could be read,
 * NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { report } from 'cnnviz';
 *
 * const { path, byteCount } = await report({ images: ['cat.jpg', 'dog.jpg'], out: 'report.html' });
 * ```
 */
export async function report(options: ReportOptions): Promise<ReportResult> {
  const settings = resolveOptions(REPORT_OPTIONS, options);
  const images = await expandImageArguments(settings.images, settings);
  await checkReportFile(settings.out);
  const found = await locateNetwork(settings);
  checkNames(found, { layers: settings.layers });
  const channelReport = await findChannelReport(found, settings.channelReport, settings.onEvent ?? (() => undefined));
  using trained = await openTrainedNetwork(found, { ...settings, images }, ['run', 'score']);
  const jobs = await prepareBySize<ReportingJob>(trained, (sized, first) => prepareJob(found, sized, settings, first));
  const page = await beginPage(settings.out, readPageAssets());
  try {
    const visited = await reportImages(images, jobs, settings, page);
    warnOfTurned(visited.images, trained.preprocessing, jobs.first.onEvent);
    const { pageNetwork: network } = jobs.first;
    const byteCount = await page.finish(summarizeModel(found, trained, { network, channelReport }));
    return { path: settings.out, byteCount, ...visited };
  } finally {
    await page.discard();
  }
}

/** In bytes. Browsers become slow before. */
const largestPage = 250_000_000;

/** Adds a part of the page for every image that can be read; gives up after the first if all would exceed the limit. */
async function reportImages(
  images: readonly string[],
  jobs: JobsBySize<ReportingJob>,
  settings: ReportSettings,
  page: PageFile,
): Promise<Pick<ReportResult, 'images' | 'badImages'>> {
  const { reportImage } = await import('./report-image.js');
  const targets = images.map((image) => ({ image }));
  let number = 1;
  return visitTargets(targets, settings, async ({ image }) => {
    const { part, prediction } = await reportImage(image, number, await jobs.forImage(image));
    const byteCount = await page.add(part);
    if (number === 1) requirePageSize(byteCount * images.length, images.length);
    number++;
    return { image, prediction, byteCount };
  });
}

function requirePageSize(byteCount: number, imageCount: number): void {
  if (byteCount <= largestPage) return;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  throw new CnnvizError(
    'BAD_ARGUMENT',
    `images: expected a page of at most ${megabytes(largestPage)}; ${imageCount} images would make about ${megabytes(byteCount)}`,
    { hint: 'Name fewer images, or fewer layers with --layers.' },
  );
}

/** A network without class scores or maps still gets a report, with the reason in it. */
function findEvidence({ network, place: { path } }: TrainedNetwork): ReportingJob['evidence'] {
  try {
    requireProbabilities(network, path, 'evidence needs');
    const scores = scoresOf(network);
    return { scores, layer: selectSpatialLayer(scores.layers) };
  } catch (error) {
    if (error instanceof CnnvizError && error.code === 'BAD_MODEL') return { problem: error.message };
    throw error;
  }
}

/** Units of a layer without height and width, at most, that a page holds without being asked for. */
const unitsAtMost = 4096;

/** The chosen layers, and those without height and width that lead to the scores, in the network's order. */
function addUnits(layers: readonly NetworkLayer[], chosen: readonly NetworkLayer[]): NetworkLayer[] {
  const isShort = ({ shape: [count = 0, ...more], flattened }: NetworkLayer) =>
    more.length === 0 && count <= unitsAtMost && flattened === null;
  return layers.filter((layer) => chosen.includes(layer) || isShort(layer));
}

/** @param first the job at the size before: its choice of layers stays */
function prepareJob(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  settings: ReportSettings,
  first?: ReportingJob,
): ReportingJob {
  const { network } = trained;
  const { method, smooth, exact, onEvent = () => undefined } = settings;
  const classNames = found.classNames;
  const selection = first ? { layers: first.layers.map(({ name }) => name) } : settings;
  const layers = addUnits(network.layers, chooseLayers(network.layers, selection));
  return {
    network,
    evidence: findEvidence(trained),
    method,
    smooth,
    exact,
    classNames,
    trueClassOf: readTrueClasses(settings.images, classNames),
    preprocessing: trained.preprocessing,
    layers,
    pageNetwork: describeNetwork(network, layers),
    onEvent,
  };
}
