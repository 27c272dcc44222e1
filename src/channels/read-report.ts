// Reads and validates a channels.json.

import { CnnvizError } from '../base/errors.js';
import { readJson } from '../disk/read-file.js';
import { checkContent, checkFormat } from '../disk/schema.js';
import type { ChannelReport } from './report.js';
import { reportSchema } from './report-schema.js';

/** The file of a results folder of `cnnviz channels` that holds its report. */
export const channelReportName = 'channels.json';

const VERSION = 1;
/** Bytes: a deep network and a thousand classes. */
const sizeAtMost = 512 * 2 ** 20;

/**
 * Reads a channels.json.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_ARGUMENT for what is not a report of this version or an earlier one
 *
 * @example
 * ```ts
 * import { readChannelReport } from 'cnnviz';
 *
 * const { layers } = await readChannelReport('channels/channels.json');
 * ```
 */
export async function readChannelReport(path: string): Promise<ChannelReport> {
  const refuse = (reason: string, cause?: unknown) =>
    new CnnvizError('BAD_ARGUMENT', `${path}: ${reason}`, {
      hint: 'Create it again with "cnnviz channels DIR".',
      ...(cause === undefined ? {} : { cause }),
    });
  const content = await readJson(path, refuse, sizeAtMost);
  checkFormat(content, { format: 'cnnviz-channels', version: VERSION, expected: 'a channel report' }, refuse);
  return checkContent(reportSchema, content, refuse);
}
