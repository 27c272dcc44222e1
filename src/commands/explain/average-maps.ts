// Average maps of a network's validation images: made once, kept in the run.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { decodePhotograph } from '../../dataset/decode/decode.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { listImageFiles } from '../../dataset/folder/image-files.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import { makeFolder, writeFileAtomically } from '../../disk/files.js';
import type { AverageMap, FindAverages } from '../../explain/average-map.js';
import { explainInput, type MethodMaps } from '../../explain/explain-input.js';
import type { FillName } from '../../explain/fill.js';
import { getMethod, hidesPixels } from '../../explain/methods.js';
import { classTarget } from '../../explain/targets.js';
import { identifyModel } from '../../network/identify-model.js';
import type { EventListener } from '../shared/events.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import { openDataList } from '../shared/run-overlap.js';
import type { PixelsJob } from './explain-pixels.js';

/** Images that are averaged, spread evenly over all. */
const imagesAtMost = 100;

const FOLDER = 'average-maps';
const FORMAT = 'cnnviz-average-map';

interface AverageSource {
  onEvent: EventListener;
  signal: AbortSignal | undefined;
  found: LocatedNetwork;
  preprocessing: Preprocessing;
  /** images that take the place of the run's validation images */
  data: string | undefined;
  /** whether methods that run the network many times are averaged, too */
  everyMethod: boolean;
  /** what hidden pixels get */
  fill: FillName;
}

/** @returns undefined for a network without validation images that are there. @throws CnnvizError for `data` that cannot be read */
export async function openAverages(job: PixelsJob, source: AverageSource): Promise<FindAverages | undefined> {
  const images = thin(await listImages(source));
  if (images.length < 2) return undefined;
  const { found, preprocessing, everyMethod, fill } = source;
  const folder = found.run === undefined ? undefined : join(found.run.folder, FOLDER);
  const network = folder === undefined ? '' : await identifyModel(found.modelPath);
  const identity = JSON.stringify([network, preprocessing, await stampFiles(images)]);
  const known = new Map<string, AverageMap>();
  return async (mapped) => {
    const wanted = mapped.filter(({ method }) => everyMethod || isCheap(method));
    const missing: MethodMaps[] = [];
    for (const maps of wanted) {
      for (const each of maps.maps) {
        const key = keyOf(identity, maps, each.classIndex, fill);
        const kept =
          known.get(key) ?? (folder && (await readKept(join(folder, `${key}.json`), each.map.values.length)));
        if (kept) known.set(key, kept);
        else if (!missing.includes(maps)) missing.push(maps);
      }
    }
    for (const { maps, classIndex, average } of await averageMaps(missing, images, job, source)) {
      const key = keyOf(identity, maps, classIndex, fill);
      known.set(key, average);
      if (folder !== undefined)
        await keep(folder, key, average, { method: maps.method, layer: maps.layer.name, classIndex });
    }
    return mapped.map((maps) => maps.maps.map(({ classIndex }) => known.get(keyOf(identity, maps, classIndex, fill))));
  };
}

/** By one gradient. */
function isCheap(method: MethodMaps['method']): boolean {
  const { by } = getMethod(method);
  return by === 'gradient' || by === 'guided-gradient';
}

async function listImages({ found, data, onEvent }: AverageSource): Promise<string[]> {
  if (data !== undefined) return (await listImageFiles(data)).images;
  const root = found.run?.record.options.data;
  if (typeof root !== 'string') return [];
  const list = await openDataList(found, onEvent);
  return (list?.validation?.files ?? []).map((file) => join(root, file)).filter((path) => existsSync(path));
}

function thin(images: readonly string[]): string[] {
  const count = Math.min(images.length, imagesAtMost);
  return Array.from({ length: count }, (_, at) => images[Math.floor((at * images.length) / count)] as string);
}

/** A folder that was drawn again has other images under the same names. */
async function stampFiles(paths: readonly string[]): Promise<(string | number)[][]> {
  return Promise.all(
    paths.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return [path, size, mtimeMs];
    }),
  );
}

function keyOf(identity: string, { method, layer }: MethodMaps, classIndex: number, fill: FillName): string {
  const own = [method, layer.name, layer.shape, classIndex, hidesPixels(method) ? fill : null];
  const about = JSON.stringify([identity, ...own]);
  return createHash('sha256').update(about).digest('hex').slice(0, 24);
}

async function averageMaps(
  missing: readonly MethodMaps[],
  images: readonly string[],
  { scores: network, ...job }: PixelsJob,
  { preprocessing, onEvent, signal }: AverageSource,
): Promise<{ maps: MethodMaps; classIndex: number; average: AverageMap }[]> {
  const [first] = missing;
  if (first === undefined) return [];
  const targets = first.maps.map(({ classIndex }) => classTarget(classIndex, network.scoreCount));
  const methods = [...new Set(missing.map(({ method }) => method))];
  const layers = [
    ...new Set(missing.filter(({ method }) => getMethod(method).of === 'layer').map(({ layer }) => layer)),
  ];
  const sums = missing.map(({ maps }) => maps.map(({ map }) => new Float64Array(map.values.length)));
  let count = 0;
  for (const [index, path] of images.entries()) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', 'stopped while the average map was made');
    onEvent({ type: 'image-examined', done: index, total: images.length });
    const decoded = await decodePhotograph(path, preprocessing).catch(() => undefined);
    if (decoded === undefined) continue;
    const input = toImageFloats(decoded.pixels, preprocessing);
    const fill = job.fillFor?.(input);
    const choice = { layers, targets, methods, ...(fill && { fill }) };
    const mapped = await explainInput(network, input, await network.computeScores(input), choice);
    count++;
    for (const [at, { method, layer }] of missing.entries()) {
      const own = mapped.find((maps) => maps.method === method && maps.layer.name === layer.name);
      own?.maps.forEach(({ map }, classAt) => {
        const sum = sums[at]?.[classAt] as Float64Array;
        map.values.forEach((value, place) => {
          (sum[place] as number) += value;
        });
      });
    }
  }
  if (count === 0) return [];
  return missing.flatMap((maps, at) =>
    maps.maps.map(({ classIndex }, classAt) => {
      const values = Float32Array.from(sums[at]?.[classAt] as Float64Array, (sum) => sum / count);
      return { maps, classIndex, average: { values, imageCount: count } };
    }),
  );
}

/** Undefined for a file that is not there, or damaged: its map is made again. */
async function readKept(path: string, size: number): Promise<AverageMap | undefined> {
  try {
    const { format, imageCount, values } = JSON.parse(await readFile(path, 'utf8'));
    const bytes = new Uint8Array(Buffer.from(values, 'base64'));
    if (format !== FORMAT || !Number.isInteger(imageCount) || bytes.length !== 4 * size) return undefined;
    return { values: new Float32Array(bytes.buffer), imageCount };
  } catch {
    return undefined;
  }
}

/** A run that cannot be written to keeps none. */
async function keep(folder: string, key: string, { values, imageCount }: AverageMap, about: object): Promise<void> {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const content = { format: FORMAT, formatVersion: 1, ...about, imageCount, values: bytes.toString('base64') };
  try {
    await makeFolder(folder);
    await writeFileAtomically(join(folder, `${key}.json`), JSON.stringify(content));
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
  }
}
