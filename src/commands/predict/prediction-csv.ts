import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatCsv } from '../../base/csv.js';
import { CnnvizError } from '../../base/errors.js';
import { makeFolder } from '../../disk/files.js';
import { beginFile } from '../../disk/growing-file.js';
import type { Unlikeness } from '../../resemblance/training-profile.js';
import { classProbabilities, nameClass } from '../shared/classify.js';
import type { CheckedPrediction } from '../shared/true-class.js';

/** What the table begins with, and what a file must begin with to be replaced by another one. */
const FIRST_COLUMNS = ['path', 'class'] as const;

/** What it ends with where images lie in folders of classes. */
const LAST_COLUMNS = ['true class', 'verdict'] as const;

/** And where images were compared with those of the training: the share of held-out images that are less unlike them. */
const UNLIKE_COLUMN = 'unlike share';

/** Predictions as a table on disk: a row an image, with the probability of every class. */
export interface PredictionCsv {
  /** Adds a row. */
  add(prediction: CheckedPrediction & { image: string; unlike?: Unlikeness }, outputs: Float32Array): void;
  /** Writes the rows added so far. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  flush(): Promise<void>;
  /** Puts the table in its place, whole. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  commit(): Promise<void>;
  /** Throws away what was not committed. */
  discard(): Promise<void>;
}

/**
 * Checks that a table may be written at `path`, before the work: nothing is there, or an earlier table.
 *
 * @throws CnnvizError NOT_WRITABLE, DISK_FULL
 */
export async function checkPredictionCsv(path: string): Promise<void> {
  await makeFolder(dirname(path));
  const head = await readHead(path);
  if (head === undefined || head === FIRST_COLUMNS.join(',').concat(',')) return;
  throw new CnnvizError('NOT_WRITABLE', `${path}: exists and is not a table of predictions; not overwritten`, {
    hint: 'Choose another file with --csv, or move this one.',
  });
}

/**
 * Begins a table; see `checkPredictionCsv` for what may be replaced. Memory does not grow with its rows.
 *
 * @param compared whether images are compared with those of the training
 * @param checked whether some of the images lie in folders of classes: the table then says which, and right or wrong
 * @throws CnnvizError NOT_WRITABLE, DISK_FULL
 */
export async function openPredictionCsv(
  path: string,
  { classNames, checked, compared }: { classNames: readonly string[]; checked: boolean; compared: boolean },
): Promise<PredictionCsv> {
  const file = await beginFile(path);
  let rows: (string | number)[][] = [];
  let hasHeader = false;
  const flush = async () => {
    const text = formatCsv(rows);
    rows = [];
    if (text !== '') await file.append(text);
  };
  return {
    add({ image, className, trueClass = '', correct, unlike }, outputs) {
      const probabilities = classProbabilities(outputs);
      const classes = probabilities.map((_, index) => nameClass(index, classNames));
      const last = [...(checked ? LAST_COLUMNS : []), ...(compared ? [UNLIKE_COLUMN] : [])];
      if (!hasHeader) rows.push([...FIRST_COLUMNS, ...classes, ...last]);
      hasHeader = true;
      const verdict = correct === undefined ? '' : correct ? 'right' : 'wrong';
      const share = compared ? [unlike?.share ?? ''] : [];
      rows.push([image, className, ...probabilities, ...(checked ? [trueClass, verdict] : []), ...share]);
    },
    flush,
    async commit() {
      await flush();
      await file.commit();
    },
    discard: () => file.discard(),
  };
}

/** The first bytes of a file; empty for what cannot be read, such as a folder; undefined where nothing is. */
async function readHead(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(FIRST_COLUMNS.join(',').length + 1) });
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}
