import { CnnvizError } from '../errors.js';
import { readBytes } from '../files.js';
import type { ChannelReport } from './report.js';

/** The file of a results folder of `cnnviz channels` that holds its report. */
export const channelReportName = 'channels.json';

/**
 * Reads a channels.json.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_ARGUMENT for what is no report of this version
 */
export async function readChannelReport(path: string): Promise<ChannelReport> {
  const report = parseObject((await readBytes(path)).toString());
  if (report.format === 'cnnviz-channels' && report.formatVersion === 1) return report as ChannelReport;
  const found = report.format === undefined ? 'another file' : `${report.format}, version ${report.formatVersion}`;
  throw new CnnvizError('BAD_ARGUMENT', `${path}: expected a channel report of version 1, found ${found}`, {
    hint: 'Make it anew with "cnnviz channels DIR".',
  });
}

function parseObject(text: string): { format?: unknown; formatVersion?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
