// Reads which patches a results folder of `cnnviz patches` shows.

import { join } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { readJson } from '../disk/read-file.js';
import { checkContent, checkFormat } from '../disk/schema.js';
import { drawnPatchesSchema } from './report-schema.js';

/** The file of a results folder that holds the report. */
export const PATCH_REPORT_NAME = 'patches.json';

/** @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_ARGUMENT for what is not a patch report */
export async function readDrawnPatches(folder: string) {
  const path = join(folder, PATCH_REPORT_NAME);
  const refuse = (reason: string) => new CnnvizError('BAD_ARGUMENT', `${path}: ${reason}`);
  const content = await readJson(path, refuse);
  checkFormat(content, { format: 'cnnviz-patches', version: 1, expected: 'a patch report' }, refuse);
  return checkContent(drawnPatchesSchema, content, refuse);
}
