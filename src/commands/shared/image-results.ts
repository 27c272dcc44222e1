// Shared by commands that write a results folder for each image.

import { join } from 'node:path';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
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
