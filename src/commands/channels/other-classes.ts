// Folders whose classes are not those of the network's run.

import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { unknownClasses } from '../../channels/unknown-classes.js';
import type { FoundModel } from '../../runs/find-model.js';
import { placeChannelReport } from '../shared/channel-report.js';
import type { ChannelImages } from './channel-images.js';

/**
 * The results folder of a channel report. One on other classes than the run's does not become the run's own, which other
 * commands take their words from.
 *
 * @param wanted the folder asked for, if any
 * @throws CnnvizError BAD_DATASET for classes that the run does not have, unless they are allowed; BAD_ARGUMENT for the
 * run's own place then
 */
export async function placeReportOn(
  images: ChannelImages,
  found: FoundModel,
  { wanted, allowOtherClasses }: { wanted: string | undefined; allowOtherClasses: boolean },
): Promise<string> {
  const own = placeChannelReport(found);
  const known = found.run?.record.classNames;
  const unknown = unknownClasses(listUsedClasses(images), known);
  if (known === undefined || unknown.length === 0) return resolve(wanted ?? own);
  if (!allowOtherClasses) {
    throw new CnnvizError(
      'BAD_DATASET',
      `${images.root}: the network does not know ${unknown.join(', ')}: the folder has ${images.classNames.join(', ')}, the network knows ${known.join(', ')}`,
      {
        hint: "Class folders are matched by name: rename them to the network's class names, or measure on other classes with --allow-other-classes.",
      },
    );
  }
  const out = resolve(wanted ?? 'channels');
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
