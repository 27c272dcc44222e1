// Shared by commands that write a results folder for each image.

import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { reasonOf } from '../../dataset/decode/image-bytes.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import { checkResultsFolder, type ResultsFolder, writeResultsFolder } from '../../output/results-folder.js';
import type { EventListener, WorkflowOptions } from './events.js';
import { expandImageArguments, nameResults } from './image-arguments.js';
import type { MissingImageOptions } from './missing-image.js';
import type { TrainedNetwork } from './network-in-use.js';
import { readVersions } from './versions.js';

// What commands have in common that write a results folder for each image.

/** An image and the folder that its results go to. */
export interface Target {
  image: string;
  folder: string;
}

/**
 * Where the results of each image go: `out` for one image file, else a folder for each in it.
 *
 * @param defaultRoot takes the place of `out` where there is none; every image then has a folder in it
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, NOT_WRITABLE
 */
export async function planTargets(
  settings: { images: readonly string[]; out?: string } & MissingImageOptions & WorkflowOptions,
  defaultRoot: string,
): Promise<Target[]> {
  const { images: paths, out } = settings;
  const images = await expandImageArguments(paths, settings);
  const names = nameResults(images);
  const isOneFile = paths.length === 1 && images[0] === paths[0];
  const targets = images.map((image, index) => ({
    image,
    folder: isOneFile && out !== undefined ? out : join(out ?? defaultRoot, names[index] as string),
  }));
  for (const { folder } of targets) await checkResultsFolder(folder);
  return targets;
}

/** Visits image after image. A bad one among several is skipped and reported; alone it is the call's failure. */
export async function visitTargets<Place extends { image: string }, Result>(
  targets: readonly Place[],
  { onEvent, signal }: WorkflowOptions,
  visit: (target: Place) => Promise<Result>,
): Promise<{ images: Result[]; badImages: BadFile[] }> {
  const result: { images: Result[]; badImages: BadFile[] } = { images: [], badImages: [] };
  for (const [index, target] of targets.entries()) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${target.image}`);
    const about = { image: target.image, number: index + 1, total: targets.length };
    try {
      onEvent?.({ type: 'image-started', ...about });
      result.images.push(await visit(target));
      onEvent?.({ type: 'image-ended', ...about });
    } catch (error) {
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE' || targets.length === 1) throw error;
      const badImage = { path: target.image, reason: reasonOf(error, target.image) };
      result.badImages.push(badImage);
      onEvent?.({ type: 'bad-image', ...badImage });
    }
  }
  if (result.images.length > 0) return result;
  throw new CnnvizError('BAD_IMAGE', `none of the ${targets.length} images could be read`);
}

/** What every manifest says of where its numbers come from. */
export function describeProvenance(
  format: string,
  { backend: { name, version, threads }, place }: TrainedNetwork,
  settings: { options: object; preprocessing: Preprocessing },
): object {
  return {
    format,
    formatVersion: 1,
    versions: readVersions(),
    backend: { name, version, threads },
    model: place,
    ...settings,
  };
}

/**
 * Writes the results folder of a target, whole or not at all, and reports every file.
 *
 * @param fill writes the files and returns what the manifest says of them
 */
export async function writeResults<Place extends { folder: string }, Content extends { files: string[] }>(
  target: Place,
  { provenance, onEvent }: { provenance: object; onEvent: EventListener },
  fill: (folder: ResultsFolder) => Promise<Content>,
): Promise<Place & Content> {
  let content: Content | undefined;
  const { files } = await writeResultsFolder(target.folder, async (folder) => {
    content = await fill(folder);
    return { ...provenance, ...target, ...content };
  });
  for (const file of files) onEvent({ type: 'file-written', path: join(target.folder, file) });
  return { ...target, ...(content as Content), files };
}
