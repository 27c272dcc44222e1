import { resolve } from 'node:path';
import type { ImageFolder, SplitName } from '../dataset/image-folder.js';
import { scanImageFolder } from '../dataset/scan.js';
import { CnnvizError } from '../errors.js';
import type { FoundModel } from '../model/find-model.js';

/** The folder that a run was trained on is split as it was then; another one is taken as it is. */
export async function scanAsTrained(data: string, { run }: FoundModel): Promise<ImageFolder> {
  const { validationSplit, data: trainedOn } = run?.record.options ?? {};
  if (run !== undefined && trainedOn === resolve(data) && typeof validationSplit === 'number') {
    return scanImageFolder(data, { validationSplit, seed: run.record.seed });
  }
  return scanImageFolder(data, { validationSplit: 0 });
}

/** The part that is asked for, else test, validation or train, the first that is there. @throws CnnvizError BAD_DATASET */
export function chooseSplit({ root, splits }: ImageFolder, wanted: SplitName | undefined): SplitName {
  const held = (['test', 'validation', 'train'] as const).filter((name) => splits[name] !== undefined);
  const chosen = wanted ?? (held[0] as SplitName);
  if (held.includes(chosen)) return chosen;
  throw new CnnvizError('BAD_DATASET', `${root}: it has no ${chosen} images, only ${held.join(' and ')}`);
}
