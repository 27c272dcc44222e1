// Checks whether a report may replace a file.

import { constants, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { makeFolder } from '../disk/files.js';

/** Stands near the beginning of every report; a file that has it may be replaced by another report. */
export const generatorTag = '<meta name="generator" content="cnnviz report">';

/** Stands beside it in the page that `train --live` leaves in its run: a training replaces no other. */
export const trainedPageTag = '<meta name="cnnviz-page" content="train --live">';

/** Bytes within which they stand. */
const headSize = 2048;

/**
 * Checks that a report may be written at `path`, before the work: nothing is there, or an earlier report.
 *
 * @throws CnnvizError NOT_WRITABLE
 */
export async function checkReportFile(path: string): Promise<void> {
  await makeFolder(dirname(path));
  const head = await readHead(path);
  if (head === undefined || head.includes(generatorTag)) return;
  throw new CnnvizError('NOT_WRITABLE', `${path}: exists and is not a cnnviz report; not overwritten`, {
    hint: 'Choose another file with --out, or move this one.',
  });
}

/** Whether a training may write its page at `path`: nothing is there, or what a training wrote. */
export async function isTrainedPage(path: string): Promise<boolean> {
  const head = await readHead(path);
  return head === undefined || head.includes(trainedPageTag);
}

/** The beginning of a file; empty for what cannot be read, such as a folder; undefined where nothing is. */
async function readHead(path: string): Promise<string | undefined> {
  try {
    // Else opening a pipe would wait for somebody to write into it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(headSize) });
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}
