import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { EXPORT_FORMAT, type ExportContent, type ExportNotes } from '../../formats/write/export-content.js';
import type { ExportedNetwork } from '../../formats/write/exported-network.js';
import { resolveOptions } from '../../options/resolve.js';
import { choosePreprocessing } from '../shared/choose-preprocessing.js';
import { prepareModel } from '../shared/load-model.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import { checkRecord, describePlace } from '../shared/trained-network.js';
import { readOwnVersion } from '../shared/versions.js';
import { checkDestination, chooseDestination } from './destination.js';
import { readTraining } from './export-training.js';
import { EXPORT_OPTIONS, type ExportFormat, type ExportOptions } from './options.js';
import { writeExport } from './write-export.js';

export interface ExportResult {
  /** absolute path of the file or folder */
  path: string;
  format: ExportFormat;
  /** of all its files */
  bytes: number;
  /** of the network's first output, with the batch */
  outputShape: (number | null)[];
  /** in the order of the network's classes; empty where nobody knows them */
  classNames: string[];
  /** how an image becomes the network's input */
  preprocessing: Preprocessing;
}

/**
 * Writes a trained network for other programs, with its class names and preprocessing where the format has a place for them.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL (also for a layer that the format cannot
 * hold), NOT_WRITABLE (also where something is that is not an earlier export), DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { exportNetwork } from 'cnnviz';
 *
 * await exportNetwork({ model: 'runs/latest', format: 'keras', out: 'cats-dogs.keras' });
 * ```
 */
export async function exportNetwork(options: ExportOptions): Promise<ExportResult> {
  const settings = resolveOptions(EXPORT_OPTIONS, options);
  const { format, signal } = settings;
  const checkAborted = () => {
    if (signal?.aborted) throw new CnnvizError('ABORTED', 'stopped before anything was written');
  };
  const found = await locateNetwork(settings);
  const path = resolve(settings.out ?? chooseDestination(found, format));
  await checkDestination(path, format);
  const { content, dispose } = await readContent(found, settings);
  try {
    checkAborted();
    const { classNames, preprocessing } = content.notes;
    const outputShape = findOutputShape(content.network);
    const bytes = await writeExport(path, format, content, checkAborted);
    return { path, format, bytes, outputShape, classNames: [...classNames], preprocessing };
  } finally {
    dispose();
  }
}

/** Reading weights needs no fast backend. */
async function readContent(found: LocatedNetwork, options: ExportOptions) {
  const { load } = await prepareModel(found, options);
  const [{ selectBackend }, { describeModel }, { openEngine }, { readExportedNetwork }] = await Promise.all([
    import('../../backend/select.js'),
    import('../../network/describe.js'),
    import('../../engines/open.js'),
    import('../../formats/write/exported-network.js'),
  ]);
  await selectBackend('cpu');
  const model = await load();
  try {
    const description = describeModel(model);
    checkRecord(found, model, description);
    options.onEvent?.({ type: 'model', parameterCount: description.parameterCount, ...describePlace(found) });
    const network = openEngine(model, 'cpu', { uses: [], onFallback: () => undefined });
    const evidence = { network, normalization: undefined, images: [] };
    const training = found.run && readTraining(found.run);
    const content: ExportContent = {
      model,
      network: readExportedNetwork(model),
      notes: describeNotes(found, await choosePreprocessing(found, evidence, options)),
      ...(training && { training }),
    };
    return { content, dispose: () => model.dispose() };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function findOutputShape({ layers, outputs: [first] }: ExportedNetwork): (number | null)[] {
  const call = layers.flatMap(({ calls }) => calls).find(({ output }) => output === first);
  return [...(call?.outputShape ?? [])];
}

function describeNotes({ classNames }: LocatedNetwork, preprocessing: Preprocessing): ExportNotes {
  return { format: EXPORT_FORMAT, formatVersion: 1, cnnvizVersion: readOwnVersion(), classNames, preprocessing };
}
