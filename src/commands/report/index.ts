import { CnnvizError } from '../../base/errors.js';
import { freeMemory } from '../../dataset/decode/free-memory.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { scoresOf } from '../../engines/contract/scores.js';
import { selectSpatialLayer } from '../../explain/select-layer.js';
import { resolveOptions } from '../../options/resolve.js';
import { readPageAssets } from '../../page/assets.js';
import { beginPage, type PageFile } from '../../page/write-page.js';
import { chooseLayers } from '../shared/choose-layers.js';
import { requireProbabilities } from '../shared/classify.js';
import { type JobsBySize, prepareBySize } from '../shared/jobs-by-size.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { warnOfTurned } from '../shared/turned-images.js';
import { visitTargets } from '../shared/visit-targets.js';
import { collectShared, weighShared } from './collect-shared.js';
import { findScoringLayer } from './find-scoring-layer.js';
import { describePlan, forecastPage, type PlannedPage, requirePageSize } from './forecast-page.js';
import { openImages, type ReportedImages } from './open-images.js';
import { REPORT_OPTIONS, type ReportOptions, type ReportSettings } from './options.js';
import { readPageComputations } from './page-computations.js';
import type { OtherNetwork } from './report-against.js';
import type { PlacedImage, ShownImage } from './report-gallery.js';
import type { ReportingJob } from './report-image.js';
import { describeNetwork } from './report-network.js';
import { summarizeModel } from './report-summary.js';
import type { ReportResult } from './result.js';

/**
 * Writes everything that a trained network shows about images to one HTML page, which opens anywhere, fetches nothing and
 * needs no server. Of many images it shows some in full, and all small.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND (a path, a layer, a mistake), BAD_MODEL, BAD_IMAGE when no image could be read,
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
  return writeReport(options);
}

/** @param tag says who wrote the page, see PageFile */
export async function writeReport(options: ReportOptions, tag?: string): Promise<ReportResult> {
  const settings = resolveOptions(REPORT_OPTIONS, options);
  const { onEvent = () => undefined } = settings;
  using opened = settings.mistakes
    ? await (await import('./find-mistakes.js')).openMistakes(settings)
    : await openImages(settings);
  const { found, trained, images, channelReport } = opened;
  using against = await openOther(images, settings);
  const computations = await readPageComputations(trained);
  const scoring = findScoringLayer(computations, trained.network.outputNames[0]);
  const jobs = await prepareBySize<ReportingJob>(trained, (sized, first) => ({
    ...prepareJob(opened, sized, settings, first),
    scoring,
  }));
  const shared = await collectShared(opened, computations, jobs.first);
  const hasGallery = images.length > 1 && trained.network.outputKind === 'probabilities';
  const fullCount = Math.min(images.length, hasGallery ? settings.full : images.length);
  const shown = [jobs.first, ...(against ? [against.job] : [])];
  const plan = { imageCount: images.length, fullCount, ...planImage(shown), sharedBytes: weighShared(shared) };
  requirePageSize(forecastPage(plan), plan);
  if (hasGallery) onEvent({ type: 'note', message: describePlan(forecastPage(plan), plan) });
  const { collectGallery, renderGalleryView, listImages } = await import('./report-gallery.js');
  const gallery = hasGallery ? await collectGallery(opened, settings.images ?? [], settings) : undefined;
  if (gallery !== undefined) await freeMemory(); // of the small images: those in full take as much once more
  const page = await beginPage(settings.out, readPageAssets(), tag);
  try {
    const full = gallery?.full ?? images.map((image, place) => ({ image, place }));
    const visited = await reportImages(full, jobs, settings, page, plan);
    if (gallery === undefined && opened.evaluated === undefined)
      warnOfTurned(visited.images, trained.preprocessing, onEvent);
    const { pageNetwork: network } = jobs.first;
    const summary = summarizeModel(found, trained, { network, channelReport, ...shared });
    if (against !== undefined) {
      summary.against = against.summary;
      const own = visited.images.map(({ image }) => image);
      for await (const part of against.reportImages(own)) await page.addOther(part);
    }
    const byteCount = await page.finish(
      summary,
      gallery && renderGalleryView(gallery, visited.images, opened.evaluated),
    );
    const { images: listed, badImages } = listImages(visited, gallery);
    return { path: settings.out, byteCount, images: listed, badImages: [...opened.badImages, ...badImages] };
  } finally {
    await page.discard();
  }
}

/** What an image takes, shown to each network. Max pooling is computed on the page from the maps that it pools. */
function planImage(jobs: readonly ReportingJob[]): Pick<PlannedPage, 'networkCount' | 'valueCount' | 'exact'> {
  const stored = jobs.flatMap(({ layers, pageNetwork }) =>
    layers.filter(({ name }) => pageNetwork.find((layer) => layer.name === name)?.pools === undefined),
  );
  const valueCount = stored.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  return { networkCount: jobs.length, valueCount, exact: jobs.some(({ exact }) => exact) };
}

/** The network to compare with, where one is named. */
async function openOther(images: readonly string[], settings: ReportSettings): Promise<OtherNetwork | undefined> {
  if (settings.against === undefined) return undefined;
  const { openAgainst } = await import('./report-against.js');
  return openAgainst(settings.against, images, settings, prepareJob);
}

/** Adds a part of the page for every image that can be read. */
async function reportImages(
  targets: readonly PlacedImage[],
  jobs: JobsBySize<ReportingJob>,
  settings: ReportSettings,
  page: PageFile,
  plan: PlannedPage,
): Promise<{ images: ShownImage[]; badImages: BadFile[] }> {
  if (targets.length === 0) return { images: [], badImages: [] };
  const { reportImage } = await import('./report-image.js');
  let [number, written] = [1, 0];
  return visitTargets(targets, settings, async ({ image, place }) => {
    const { part, prediction } = await reportImage(image, number, await jobs.forImage(image));
    const byteCount = await page.add(part);
    written += byteCount;
    requirePageSize(written, plan);
    number++;
    return { image, place, prediction, byteCount };
  });
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
  { found, trueClassOf }: Pick<ReportedImages, 'found' | 'trueClassOf'>,
  trained: TrainedNetwork,
  settings: ReportSettings,
  first?: ReportingJob,
): Omit<ReportingJob, 'scoring'> {
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
    trueClassOf,
    preprocessing: trained.preprocessing,
    layers,
    pageNetwork: describeNetwork(network, layers),
    onEvent,
  };
}
