// Folders whose classes are not those of the network's run.

import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { unknownClasses } from '../../channels/unknown-classes.js';
import { countClasses } from '../../dataset/folder/class-balance.js';
import { placeInRun } from '../shared/channel-report.js';
import type { EventListener } from '../shared/events.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import { describeUnknown } from '../shared/unknown-folders.js';
import type { ChannelImages } from './channel-images.js';

/**
 * The images that a channel report is on: as for `evaluate`, those of classes that the run has; what is left out is reported.
 *
 * @param allowed all of them: the report is then not the run's
 * @throws CnnvizError BAD_DATASET where the run has none of the classes
 */
export function takeKnownClasses(
  images: ChannelImages,
  { classNames: known }: LocatedNetwork,
  { allowed, onEvent }: { allowed: boolean; onEvent: EventListener },
): ChannelImages {
  const unknown = unknownClasses(images.classNames, known);
  if (allowed || unknown.length === 0 || images.files.length === 0) return images;
  const counts = countClasses(images.files, images.classNames.length);
  const kept = images.classNames.flatMap((name, index) => (unknown.includes(name) ? [] : [index]));
  const files = images.files.flatMap(({ path, classIndex }) => {
    const place = kept.indexOf(classIndex);
    return place < 0 ? [] : [{ path, classIndex: place }];
  });
  if (files.length === 0) throw noKnownClass(images, known);
  const leftOut = unknown
    .map((className) => ({ className, imageCount: counts[images.classNames.indexOf(className)] as number }))
    .filter(({ imageCount }) => imageCount > 0);
  if (leftOut.length > 0) {
    const message = `${describeUnknown(leftOut)}; --allow-other-classes measures on them, too`;
    onEvent({ type: 'warning', message });
  }
  return { ...images, files, classNames: kept.map((index) => images.classNames[index] as string) };
}

function noKnownClass({ root, classNames }: ChannelImages, known: readonly string[]): CnnvizError {
  return new CnnvizError(
    'BAD_DATASET',
    `${root}: none of its classes is known to the network: it has ${classNames.join(', ')}, the network knows ${known.join(', ')}`,
    {
      hint: "Class folders are matched by name: rename them to the network's class names, or measure on other classes with --allow-other-classes.",
    },
  );
}

/**
 * The results folder of a channel report. One on other classes than the run's does not become the run's own, which other
 * commands take their words from.
 *
 * @param wanted the folder asked for, if any
 * @param name of the folder in the run
 * @throws CnnvizError BAD_ARGUMENT for the run's own place then
 */
export async function placeReportOn(
  images: ChannelImages,
  found: LocatedNetwork,
  wanted: string | undefined,
  name = 'channels',
): Promise<string> {
  const own = placeInRun(found, name);
  if (unknownClasses(listUsedClasses(images), found.classNames).length === 0) return resolve(wanted ?? own);
  const out = resolve(wanted ?? name);
  if ((await realPlace(out)) !== (await realPlace(resolve(own)))) return out;
  throw new CnnvizError(
    'BAD_ARGUMENT',
    `out: expected another folder than the run's own ${out}, since the classes are not the run's`,
    { hint: 'Choose another folder with --out.' },
  );
}

/** Those that have images. */
function listUsedClasses({ classNames, files }: ChannelImages): string[] {
  const used = new Set(files.map(({ classIndex }) => classIndex));
  return classNames.filter((_, index) => used.has(index));
}

/** A path after links in the folders around it. */
async function realPlace(path: string): Promise<string> {
  const folder = dirname(path);
  return join(await realpath(folder).catch(() => folder), basename(path));
}
