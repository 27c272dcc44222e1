// Where a network's channel report lies, and whether it is its own.

import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { channelReportName, readChannelReport } from '../../channels/read-report.js';
import type { ChannelReport } from '../../channels/report.js';
import { unknownClasses } from '../../channels/unknown-classes.js';
import { findInside } from '../../disk/read-file.js';
import { identifyModel } from '../../network/identify-model.js';
import type { FoundModel } from '../../runs/find-model.js';
import type { EventListener } from './events.js';

/** Where `cnnviz channels` leaves its results: in the run, for other commands to find; without a run, here. */
function placeChannelReport(found: FoundModel): string {
  return placeInRun(found, 'channels');
}

/** Where a command leaves what belongs to a run: in a folder in it; without a run, in one of that name here. */
export function placeInRun({ run }: FoundModel, name: string): string {
  return run === undefined ? name : join(run.folder, name);
}

/**
 * The channel report of a network: that at `path`, a results folder of `cnnviz channels` or its channels.json; else the one
 * that lies with the network's run.
 *
 * @returns undefined where no path is given, and there is none, one of other weights, or one that cannot be read, which is
 *   reported, as is one on classes that the run does not have
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_ARGUMENT: `path` is not a report, or belongs to another network
 */
export async function findChannelReport(
  found: FoundModel,
  path: string | undefined,
  onEvent: EventListener,
): Promise<ChannelReport | undefined> {
  const place = path ?? placeChannelReport(found);
  const status = await stat(place).catch(() => undefined);
  const file = status?.isDirectory() ? join(place, channelReportName) : place;
  const isFile = (await stat(file).catch(() => undefined))?.isFile() ?? false;
  if (path === undefined && (!isFile || found.run === undefined || !(await isInside(found.run.folder, file)))) {
    return undefined;
  }
  if (!isFile) {
    throw new CnnvizError('NOT_FOUND', `${path}: there is no channel report`, {
      hint: `Create one with "cnnviz channels DIR --out ${path}".`,
    });
  }
  const report = await (path === undefined ? readUnasked(file, onEvent) : readChannelReport(file));
  if (report === undefined) return undefined;
  if (report.model.identity === (await identifyModel(found.modelPath))) {
    return path === undefined ? refuseOtherClasses(report, found, onEvent) : report;
  }
  if (path === undefined) return undefined;
  throw new CnnvizError('BAD_ARGUMENT', `${path}: this channel report belongs to another network or to other weights`, {
    hint: `It was measured with ${report.model.path}.`,
  });
}

/** A report that nobody asked for is not worth an error. */
async function readUnasked(file: string, onEvent: EventListener): Promise<ChannelReport | undefined> {
  try {
    return await readChannelReport(file);
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    const hint = error.hint === undefined ? '' : `. ${error.hint}`;
    onEvent({ type: 'warning', message: `the channel report of this run is not used: ${error.message}${hint}` });
    return undefined;
  }
}

/** A report on classes that the run does not have speaks of what nobody asked about. */
function refuseOtherClasses(
  report: ChannelReport,
  { run }: FoundModel,
  onEvent: EventListener,
): ChannelReport | undefined {
  const names = report.classes.map(({ className }) => className);
  const unknown = unknownClasses(names, run?.record.classNames);
  if (unknown.length === 0) return report;
  const message = `the channel report of this run is not used: it is on classes that the network does not know (${unknown.join(', ')})`;
  onEvent({ type: 'warning', message });
  return undefined;
}

/** Whether a report lies in the run itself, after links are resolved. */
async function isInside(folder: string, file: string): Promise<boolean> {
  return (await findInside(folder, relative(folder, file))) !== undefined;
}
