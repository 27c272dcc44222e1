// How many images of a command the run was trained on.

import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import type { DataList } from '../../runs/data-list.js';
import { findDataList } from '../../runs/find-data-list.js';
import type { FoundModel } from '../../runs/find-model.js';
import type { EventListener, WorkflowOptions } from './events.js';
import type { Overlap } from './overlap.js';
import { type RecognizedImages, recognizeImages } from './recognize-images.js';

/** The list of the images of a network's run; undefined where it has none that can be read, which is reported. */
export async function openDataList({ run }: FoundModel, onEvent: EventListener): Promise<DataList | undefined> {
  if (run === undefined) return undefined;
  try {
    return await findDataList(run.folder, run.record);
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    onEvent({ type: 'warning', message: `${error.message}; the images that the run was trained on are unknown` });
    return undefined;
  }
}

/** @param root where the run's data folder may be now; it can be where it was as well */
export async function recognizeRunImages(
  paths: readonly string[],
  { run }: FoundModel,
  list: DataList,
  root: string | undefined,
  options: WorkflowOptions,
): Promise<RecognizedImages> {
  const { data } = run?.record.options ?? {};
  const roots = [...(root === undefined ? [] : [root]), ...(typeof data === 'string' ? [data] : [])];
  return recognizeImages(
    paths.map((path) => resolve(path)),
    roots,
    list,
    options,
  );
}

/** How images of a folder without classes, or of several places, overlap with those of the network's run; null: unknown. */
export async function measureOverlap(
  paths: readonly string[],
  found: FoundModel,
  root: string | undefined,
  options: WorkflowOptions,
): Promise<Overlap | null> {
  const list = await openDataList(found, options.onEvent ?? (() => undefined));
  if (list === undefined) return null;
  return countOverlap(await recognizeRunImages(paths, found, list, root, options));
}

/** Counts of some of the recognized images: all of them are used. */
export function countOverlap({ origins, isTrainedOn }: Pick<RecognizedImages, 'origins' | 'isTrainedOn'>): Overlap {
  const heldOut = origins.filter((origin) => origin === 'validation').length;
  const trainedOn = isTrainedOn.filter(Boolean).length;
  return { trainedOn, heldOut, newCount: 0, changedCount: 0, missingCount: 0 };
}
