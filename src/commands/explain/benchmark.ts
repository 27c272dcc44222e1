import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { formatAmount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import type { ImageFolder } from '../../dataset/folder/image-folder.js';
import { type ScoreNetwork, scoresOf } from '../../engines/contract/scores.js';
import { chooseComparedLayers } from '../../explain/benchmark/choose-layers.js';
import { FILLS, imagesOfCurve } from '../../explain/benchmark/insertion-deletion.js';
import type { Subject } from '../../explain/benchmark/measure-maps.js';
import { listPlaces } from '../../explain/explain-input.js';
import { selectSpatialLayer } from '../../explain/select-layer.js';
import { identifyModel } from '../../network/identify-model.js';
import { DEPTHS } from '../../network/redraw-weights.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { announceChosen } from '../shared/announce-data.js';
import { requireProbabilities } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import { prepareModel } from '../shared/load-model.js';
import { locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { describeSource, onImages } from '../shared/picture-source.js';
import { chooseRunImages } from '../shared/split-of-run.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { type BenchmarkImage, drawSample, readImages, truthFolders } from './benchmark-images.js';
import {
  BENCHMARK_OPTIONS,
  type BenchmarkOptions,
  type BenchmarkSettings,
  requireImages,
} from './benchmark-options.js';
import type { BenchmarkResult } from './benchmark-result.js';
import { compareRedrawn, redrawnImages, redraws } from './compare-redrawn.js';
import { placeBenchmark } from './find-benchmark.js';
import { type MeasuredControls, type MeasuredSubject, mapImages, measureImage } from './measure-methods.js';
import { listMethods } from './options.js';
import { reportBenchmark } from './summarize-benchmark.js';
import { writeBenchmark } from './write-benchmark.js';

/**
 * Measures how far methods of explanation can be trusted on a network: each against maps that explain nothing, and against itself
 * with the network's layers redrawn. `explain` with `method: 'auto'` follows what is found.
 *
 * On drawn images with masks (`sampleData`) the evidence that lies in the head decides; on others insertion minus deletion.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_DATASET, BAD_IMAGE, NOT_WRITABLE, DISK_FULL,
 * BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { benchmarkExplanations } from 'cnnviz';
 *
 * const { report } = await benchmarkExplanations({ data: 'drawn', imageCount: 100 });
 * console.log(report.chosen, report.verdict);
 * ```
 */
export async function benchmarkExplanations(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const settings = resolveOptions(BENCHMARK_OPTIONS, options);
  const { onEvent = () => undefined } = settings;
  const found = await locateNetwork(settings);
  const out = settings.out ?? placeBenchmark(found);
  await checkResultsFolder(out);
  const chosen = await chooseRunImages(settings.data, settings.split, found, settings);
  announceChosen({ ...chosen, folder: withoutTruth(chosen.folder) }, onEvent);
  const files = drawSample(chosen.files, settings.imageCount, settings.seed);
  requireImages(files.length);
  using trained = await openTrainedNetwork(
    found,
    { ...settings, oneSize: true, images: files.map(({ path }) => path) },
    ['score', 'perturb'],
  );
  requireProbabilities(trained.network, trained.place.path, 'explain needs');
  const network = scoresOf(trained.network);
  const { preprocessing } = trained;
  const images = await readImages(files, { ...settings, root: chosen.folder.root, network, preprocessing });
  const { methods, controls } = await measureAll(network, images, settings, onEvent);
  const redrawn = await compareWithRedrawn(settings, trained, { images, methods });
  const identity = await identifyModel(found.modelPath);
  const report = reportBenchmark({ identity, images, methods, controls, redrawn });
  const data = { path: settings.data, split: chosen.split, imageCount: images.length };
  const { imageCount, seed, method, layer } = settings;
  const asked = { imageCount, seed, method, layer };
  const source = onImages(await describeSource(found, trained.place), data);
  return writeBenchmark(out, report, { trained, options: asked, data, source, onEvent });
}

/** What lies in a drawn folder besides its images is used here. */
function withoutTruth(folder: ImageFolder): ImageFolder {
  const truth = truthFolders.map((name) => join(folder.root, name));
  const leftOut = folder.leftOut.flatMap((left) => {
    const examples = left.examples.filter((path) => !truth.includes(path));
    const count = left.count - (left.examples.length - examples.length);
    return left.reason === 'folder' ? (count > 0 ? [{ ...left, count, examples }] : []) : [left];
  });
  return { ...folder, leftOut };
}

async function measureAll(
  network: ScoreNetwork,
  images: readonly BenchmarkImage[],
  settings: BenchmarkSettings,
  onEvent: EventListener,
): Promise<{ methods: MeasuredSubject[]; controls: MeasuredControls }> {
  const names = settings.layer === undefined ? chooseComparedLayers(network.layers) : [settings.layer].flat();
  const layers = [...new Set(names)].map((name) => selectSpatialLayer(network.layers, name));
  const subjects = listPlaces(listMethods(settings.method), layers, network.inputShape);
  onEvent({ type: 'note', message: await foretell(network, images, subjects) });
  const methods = await mapImages(network, images, subjects, settings);
  const controls: MeasuredControls = { gaussian: [], edges: [], random: new Map() };
  for (const [index, { path }] of images.entries()) {
    await setImmediate();
    if (settings.signal?.aborted) throw new CnnvizError('ABORTED', `stopped at ${path}`);
    await measureImage(network, images, index, { methods, controls, seed: settings.seed });
    onEvent({ type: 'image-examined', done: index + 1, total: images.length });
  }
  return { methods, controls };
}

/** What the benchmark will cost, from its parts on the first image. */
async function foretell(
  network: ScoreNetwork,
  images: readonly BenchmarkImage[],
  subjects: readonly Subject[],
): Promise<string> {
  const [first] = images as [BenchmarkImage];
  const measure = async (work: () => Promise<unknown>) => {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  const map = () => mapImages(network, [first], subjects, {});
  await map(); // the first call compiles
  const mapping = await measure(map);
  const batch = new Float32Array(first.input.length * imagesOfCurve);
  const curves = await measure(() => network.computeScores(batch));
  const maps = subjects.length * (first.masks === undefined ? 2 : 1) + 4;
  const redrawing = DEPTHS.length * redraws * Math.min(images.length, redrawnImages) * mapping;
  const seconds = images.length * (mapping + maps * FILLS.length * curves) + redrawing;
  const time = seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
  return `${formatAmount(images.length, 'image')}, ${formatAmount(subjects.length, 'map')} each: about ${time} of CPU time`;
}

/** On a copy of the network: its weights change. */
async function compareWithRedrawn(
  settings: BenchmarkSettings,
  { backend }: TrainedNetwork,
  measured: { images: readonly BenchmarkImage[]; methods: readonly MeasuredSubject[] },
) {
  const { onEvent: _, ...silent } = settings;
  const images = measured.images.map(({ path }) => path);
  const { load } = await prepareModel(await locateNetwork(silent), { ...silent, images, oneSize: true });
  const model = await load();
  try {
    return await compareRedrawn(model, backend, { ...settings, ...measured });
  } finally {
    model.dispose();
  }
}
