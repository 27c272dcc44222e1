import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { gatherFindings } from '../../dataset/examine/data-findings.js';
import type { ImageFolder, SplitName } from '../../dataset/folder/image-folder.js';
import { scanImageFolder } from '../../dataset/folder/scan.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { announcePlaces } from '../shared/announce-data.js';
import { describeFindings, type Finding } from '../shared/describe-findings.js';
import { findGroupsInNames } from '../shared/name-group-findings.js';
import { nameIn } from '../shared/name-in.js';
import { findImbalance, findLeftOut, findUnreadable } from './check-findings.js';
import { type Examined, examineImages, type SplitFile } from './examine-images.js';
import { describeShapes } from './image-shapes.js';
import { CHECK_OPTIONS, type CheckOptions, type CheckSettings } from './options.js';

import type { CheckedClass, CheckResult } from './result.js';

/**
 * Checks a data folder before training: decodes every image once, and reports what would make a network
 * worse or its metrics wrong, each with advice. It keeps 61 bytes per image in addition to the path.
 *
 * @throws CnnvizError BAD_ARGUMENT, NOT_FOUND, NOT_READABLE, BAD_DATASET (a folder that training would not take), NOT_WRITABLE,
 * DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { check } from 'cnnviz';
 *
 * const { findings } = await check({ data: 'cats_dogs' });
 * for (const { level, message } of findings) console.log(level, message);
 * ```
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const settings = resolveOptions(CHECK_OPTIONS, options);
  if (settings.out !== undefined) await checkResultsFolder(settings.out);
  settings.onEvent?.({ type: 'stage', stage: 'scanning' });
  const folder = await scanImageFolder(settings.data, { validationSplit: 0 });
  announcePlaces(folder.root, folder.places, settings.onEvent ?? (() => undefined));
  const files = listFiles(folder);
  const examined = await examineImages(files, settings.examples, settings);
  const splits = countSplits(folder, files, examined);
  const findings = await findAll(folder, files, examined, splits, settings);
  const result: CheckResult = {
    root: resolve(settings.data),
    classNames: folder.classNames,
    splits,
    imageCount: files.length,
    readableCount: examined.table.observedCount,
    shapes: describeShapes(examined.table) ?? null,
    findings,
    warningCount: findings.filter(({ level }) => level === 'warning').length,
  };
  if (settings.out === undefined) return result;
  // Not before it is needed.
  const { writeSheets } = await import('./check-sheets.js');
  const written = await writeSheets(settings.out, result, files, settings);
  return { ...result, out: resolve(settings.out), files: written };
}

function listFiles({ splits }: ImageFolder): SplitFile[] {
  return (['train', 'validation', 'test'] as const).flatMap((split) =>
    (splits[split] ?? []).map((file) => ({ ...file, split })),
  );
}

function countSplits({ classNames }: ImageFolder, files: readonly SplitFile[], { table }: Examined) {
  const splits = new Map<SplitName, CheckResult['splits'][number]>();
  for (const [index, { split, classIndex }] of files.entries()) {
    const counted = splits.get(split) ?? {
      split,
      imageCount: 0,
      classes: classNames.map((className) => ({ className, imageCount: 0, readableCount: 0 })),
    };
    const ofClass = counted.classes[classIndex] as CheckedClass;
    counted.imageCount++;
    ofClass.imageCount++;
    if (table.has(index)) ofClass.readableCount++;
    splits.set(split, counted);
  }
  return [...splits.values()];
}

async function findAll(
  folder: ImageFolder,
  files: readonly SplitFile[],
  examined: Examined,
  splits: CheckResult['splits'],
  { autoOrient, examples, signal }: CheckSettings,
): Promise<Finding[]> {
  const { root } = folder;
  const isDivided = folder.splits.validation !== undefined;
  const fileOf = (index: number) => files[index] as SplitFile;
  const gathered = await gatherFindings(
    examined.table,
    {
      nameOf: (index) => nameIn(root, fileOf(index).path),
      splitOf: (index) => fileOf(index).split,
      classOf: (index) => fileOf(index).classIndex,
    },
    { examples, signal },
  ).catch((error: unknown) => {
    throw signal?.aborted ? new CnnvizError('ABORTED', 'interrupted while images were compared') : error;
  });
  const classes = splits.flatMap((split) => split.classes);
  const findings = [
    ...findUnreadable(examined, root, classes),
    ...describeFindings(gathered, { autoOrient, isDivided }),
    ...findGroupsInNames(folder, files, isDivided),
    ...findImbalance(splits.find(({ split }) => split === 'train')?.classes ?? []),
    ...findLeftOut(folder),
  ];
  return findings.sort((a, b) => Number(a.level === 'note') - Number(b.level === 'note'));
}
