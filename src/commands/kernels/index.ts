import { formatCount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import type { LayerKernels } from '../../network/kernels.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import type { EventListener } from '../shared/events.js';
import { writeResults } from '../shared/image-results.js';
import { prepareModel } from '../shared/load-model.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import { describeSource } from '../shared/picture-source.js';
import { describePlace } from '../shared/trained-network.js';
import { readVersions } from '../shared/versions.js';
import type { KernelsEvent } from './events.js';
import { KERNELS_OPTIONS, type KernelsOptions } from './options.js';
import { rankKernels } from './rank-kernels.js';
import type { DrawnKernels, KernelRanking, KernelsResult } from './result.js';

/** Kernels of a layer that are drawn, where they see other channels instead of an image. */
const drawnAtMost = 32;

/**
 * Draws what the convolutions of a trained network have learned: a layer's kernels as tiles on one scale around 0, those
 * that see red, green and blue in color too, with a manifest.json. Of the convolutions after the first one only the 32 kernels are
 * drawn that changed most since the start, or the largest ones where the start is not known.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, BAD_MODEL (also without a Conv2D), NOT_WRITABLE, DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { kernels } from 'cnnviz';
 *
 * const { files } = await kernels({ model: 'runs/latest', out: 'kernels' });
 * ```
 */
export async function kernels(options: KernelsOptions = {}): Promise<KernelsResult> {
  const settings = resolveOptions(KERNELS_OPTIONS, options);
  const { npy, out, signal, onEvent = () => undefined } = settings;
  await checkResultsFolder(out);
  const found = await locateNetwork({ ...settings, unnamed: true });
  const { read, initial } = await loadKernels(found, onEvent);
  const { drawKernels } = await import('../../output/kernel-files.js');
  const place = describePlace(found);
  const source = await describeSource(found, place);
  const provenance = {
    format: 'cnnviz-kernels',
    formatVersion: 1,
    versions: readVersions(),
    model: place,
    options: { npy },
  };
  return writeResults({ folder: out }, { provenance, onEvent }, async (folder) => {
    const layers: DrawnKernels[] = [];
    for (const [index, layer] of read.entries()) {
      const { name, shape } = layer;
      if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${name}`);
      const start = initial?.get(name);
      const ranking = index === 0 ? undefined : rankKernels(layer, drawnAtMost, start);
      const files = drawKernels(layer, ranking && { ...ranking, ...(start && { initial: start }) }, { npy, source });
      for (const { name, content } of files) await folder.write(name, content);
      layers.push({ name, shape, ...(ranking && { ranking }), files: files.map(({ name }) => name) });
      onEvent({ type: 'kernels', name, shape, ...(ranking && summarize(ranking)) });
    }
    return { layers, files: layers.flatMap(({ files }) => files) };
  });
}

function summarize({ by, median, largest }: KernelRanking): Pick<KernelsEvent, 'ranking'> {
  return { ranking: { by, median, largest } };
}

interface LoadedKernels {
  read: LayerKernels[];
  /** at the start, by the layers' names, where it is known */
  initial: Map<string, Float32Array> | undefined;
}

/** Reading weights needs no fast backend. */
async function loadKernels(found: LocatedNetwork, onEvent: EventListener): Promise<LoadedKernels> {
  const { load } = await prepareModel(found, { onEvent });
  const [{ selectBackend }, { readKernels }, { findInitialKernels }] = await Promise.all([
    import('../../backend/select.js'),
    import('../../network/kernels.js'),
    import('./initial-kernels.js'),
  ]);
  await selectBackend('cpu');
  const model = await load();
  onEvent({ type: 'model', parameterCount: model.countParams(), ...describePlace(found) });
  try {
    const read = await readKernels(model);
    read.forEach((layer) => {
      warnOfNumbers(layer, onEvent);
    });
    if (read.length > 0) return { read, initial: await findInitialKernels(found, read) };
    throw new CnnvizError('BAD_MODEL', `${found.modelPath}: the network has no Conv2D, so no kernels to draw`);
  } finally {
    model.dispose();
  }
}

/** Non-finite values have no color. */
function warnOfNumbers({ name, values }: LayerKernels, onEvent: EventListener): void {
  const count = values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  if (count === 0) return;
  const message = `${name}: ${formatCount(count)} of ${formatCount(values.length)} weights are NaN or infinite: training diverged, or the weights are damaged`;
  onEvent({ type: 'warning', message });
}
