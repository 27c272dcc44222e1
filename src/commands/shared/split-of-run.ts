// Chooses the part of a data folder that a command uses.

import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import type { ImageFolder, LabeledFile, SplitName } from '../../dataset/folder/image-folder.js';
import { scanImageFolder } from '../../dataset/folder/scan.js';
import type { FoundModel } from '../../runs/find-model.js';
import type { EventListener, WorkflowOptions } from './events.js';
import type { Overlap } from './overlap.js';
import type { ImageOrigin, RecognizedImages } from './recognize-images.js';
import { countOverlap, openDataList, recognizeRunImages } from './run-overlap.js';
import { SPLIT_CHOICES, type SplitChoice } from './split-parts.js';

/** What held-out images are. */
const HELD_OUT = ['validation', 'test'] as const;

/** The images of a data folder that a command uses. */
export interface ChosenImages {
  folder: ImageFolder;
  /** null: all images of a folder that is not divided */
  split: SplitChoice | null;
  files: LabeledFile[];
  /** with the network's run; null where that is not known */
  overlap: Overlap | null;
}

/**
 * Lists a part of a data folder: by default its test images, else the validation images, else all. In the folder that a run
 * was trained on, wherever it lies now, "train" and "validation" are the run's own images that are still there, whatever was
 * added or removed since.
 *
 * @param options joinsHeldOut: by default validation and test images, where there are some
 * @throws CnnvizError as scanImageFolder does; BAD_DATASET where there is no such part; ABORTED
 */
export async function chooseRunImages(
  data: string,
  wanted: SplitChoice | undefined,
  found: FoundModel,
  options: WorkflowOptions & { joinsHeldOut?: boolean },
): Promise<ChosenImages> {
  const { onEvent = () => undefined, joinsHeldOut = false } = options;
  onEvent({ type: 'stage', stage: 'scanning' });
  const list = await openDataList(found, onEvent);
  const folder = await scanForRun(data, found, list !== undefined, onEvent);
  if (list === undefined) return { ...chooseFolderPart(folder, wanted, joinsHeldOut), folder, overlap: null };
  const listed = listFiles(folder);
  const recognized = await recognizeRunImages(
    listed.map(({ file }) => file.path),
    found,
    list,
    folder.root,
    options,
  );
  const parts = new RecognizedParts(listed, recognized, folder);
  const split = parts.decide(wanted, joinsHeldOut);
  const chosen = parts.take(split);
  return { folder, split, ...chosen };
}

/** A run without a list of its images can only be believed where its folder has as many images as then. */
async function scanForRun(data: string, { run }: FoundModel, hasList: boolean, onEvent: EventListener) {
  const { validationSplit, data: trainedOn } = run?.record.options ?? {};
  const isOwn = trainedOn === resolve(data) && typeof validationSplit === 'number';
  if (hasList || run === undefined || !isOwn) return scanImageFolder(data, { validationSplit: 0, anyClasses: true });
  const { counts, seed } = run.record;
  const asThen = await scanImageFolder(data, { validationSplit, seed });
  const { train = [], validation = [] } = asThen.splits;
  if (train.length === counts.train && validation.length === counts.validation) return asThen;
  const message = `the folder has changed since training, and this run of an early version has no list of its images, so the images that it was trained on are unknown`;
  onEvent({ type: 'warning', message: `${asThen.root}: ${message}` });
  return scanImageFolder(data, { validationSplit: 0, anyClasses: true });
}

interface ListedFile {
  file: LabeledFile;
  split: SplitName;
}

function listFiles({ splits }: ImageFolder): ListedFile[] {
  return (Object.entries(splits) as [SplitName, LabeledFile[]][]).flatMap(([split, files]) =>
    files.map((file) => ({ file, split })),
  );
}

/** A folder's images by what they were to the run. */
class RecognizedParts {
  readonly #listed: readonly ListedFile[];
  readonly #recognized: RecognizedImages;
  readonly #folder: ImageFolder;

  constructor(listed: readonly ListedFile[], recognized: RecognizedImages, folder: ImageFolder) {
    this.#listed = listed;
    this.#recognized = recognized;
    this.#folder = folder;
  }

  /** @throws CnnvizError BAD_DATASET */
  decide(wanted: SplitChoice | undefined, joins: boolean): SplitChoice | null {
    const { splits } = this.#folder;
    if (wanted !== undefined) return this.#require(wanted);
    if (joins && this.#has('held-out')) return 'held-out';
    if (splits.test !== undefined) return 'test';
    if (this.#isOwn('validation') || splits.validation !== undefined) return 'validation';
    return this.#recognized.origins.every((origin) => origin === 'train') ? 'train' : null;
  }

  /** The images of a part, and how they overlap with the run's. */
  take(split: SplitChoice | null): Pick<ChosenImages, 'files' | 'overlap'> & { overlap: Overlap } {
    const isOwn = this.#isOwn(split);
    const places = this.#listed.flatMap((listed, place) => (this.#belongs(listed, place, split) ? [place] : []));
    const { origins, isTrainedOn, missing } = this.#recognized;
    const overlap = countOverlap({
      origins: places.map((place) => origins[place] as ImageOrigin),
      isTrainedOn: places.map((place) => isTrainedOn[place] as boolean),
    });
    const files = places.map((place) => this.#listed[place]?.file as LabeledFile);
    if (!isOwn || split === null) return { files, overlap };
    const count = (wanted: ImageOrigin) =>
      origins.filter((origin, place) => this.#isBeside(place) && origin === wanted).length;
    const missingCount = split === 'train' || split === 'validation' ? missing[split] : 0;
    return { files, overlap: { ...overlap, newCount: count('unseen'), changedCount: count('changed'), missingCount } };
  }

  #belongs(listed: ListedFile, place: number, split: SplitChoice | null): boolean {
    if (split === 'held-out') return HELD_OUT.some((part) => this.#belongs(listed, place, part));
    const origin = this.#recognized.origins[place];
    if (split === 'unseen') return origin === 'unseen';
    return this.#isOwn(split) ? origin === split : split === null || listed.split === split;
  }

  /** New test images are no news: they are there to be new. */
  #isBeside(place: number): boolean {
    return this.#listed[place]?.split !== 'test';
  }

  /** Whether a part is that of the run, rather than a folder's. */
  #isOwn(split: SplitChoice | null): boolean {
    if (split !== 'train' && split !== 'validation') return false;
    return this.#recognized.isOwnData && this.#recognized.origins.includes(split);
  }

  #has(split: SplitChoice): boolean {
    if (split === 'held-out') return HELD_OUT.some((part) => this.#has(part));
    if (split === 'unseen') return this.#recognized.origins.includes(split);
    return this.#isOwn(split) || this.#folder.splits[split] !== undefined;
  }

  #require(wanted: SplitChoice): SplitChoice {
    const held = SPLIT_CHOICES.filter((split) => this.#has(split));
    if (held.includes(wanted)) return wanted;
    const what = wanted === 'unseen' ? 'images that the run has never seen' : `${wanted} images`;
    const because = explainUnusable(this.#folder, wanted);
    throw new CnnvizError(
      'BAD_DATASET',
      `${this.#folder.root}: it has no ${what}, only ${held.join(' and ')}${because}`,
    );
  }
}

/** A part of a folder of which it is not known what it was to the network. @throws CnnvizError BAD_DATASET */
function chooseFolderPart(folder: ImageFolder, wanted: SplitChoice | undefined, joinsHeldOut: boolean) {
  const { root, splits } = folder;
  const held = (['test', 'validation', 'train'] as const).filter((name) => splits[name] !== undefined);
  const isDivided = held.length > 1;
  const heldOut = HELD_OUT.flatMap((name) => splits[name] ?? []);
  const isJoined = wanted === 'held-out' || (wanted === undefined && joinsHeldOut);
  if (isJoined && heldOut.length > 0) return { split: 'held-out' as const, files: heldOut };
  const chosen = wanted ?? (held[0] as SplitName);
  if (chosen === 'unseen') {
    throw new CnnvizError(
      'BAD_DATASET',
      `${root}: unseen images cannot be recognized: the network has no list of the images that it was trained on`,
    );
  }
  if (chosen === 'held-out' || !held.includes(chosen)) {
    const because = explainUnusable(folder, chosen);
    throw new CnnvizError('BAD_DATASET', `${root}: it has no ${chosen} images, only ${held.join(' and ')}${because}`);
  }
  const split = wanted === undefined && !isDivided && chosen === 'train' ? null : chosen;
  return { split, files: splits[chosen] ?? [] };
}

/** Why a part that is there is none. */
function explainUnusable({ unusable }: ImageFolder, split: SplitChoice): string {
  const found = unusable.find((part) => part.split === split);
  return found === undefined ? '' : `: ${found.folder} ${found.problem}`;
}
