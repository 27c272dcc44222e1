// Repairs what a killed process left behind in a run folder: leftovers, the history for other programs, and curves.

import fs from 'node:fs/promises';
import { join } from 'node:path';
import { repairRun } from '../../runs/repair-run.js';
import { RUN_FILE, readRun } from '../../runs/run.js';
import type { EventListener } from '../shared/events.js';
import { CURVES_FILE, drawCurves } from './draw-curves.js';

/**
 * Mends what a death left behind in a run's folder: leftovers, the history for other programs, and the curves of a finished
 * run, which are drawn after its last save.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, NOT_WRITABLE, DISK_FULL, BAD_MODEL
 */
export async function repairOnResume(folder: string, onEvent: EventListener): Promise<void> {
  const record = await readRun(folder);
  await repairRun(folder, record);
  if (record.status === 'finished' && !(await hasCurves(folder))) await drawCurves(folder, record, onEvent);
}

/** Whether the curves were drawn after the last save. */
async function hasCurves(folder: string): Promise<boolean> {
  const [curves, record] = await Promise.all(
    [CURVES_FILE, RUN_FILE].map((name) => fs.stat(join(folder, name)).catch(() => undefined)),
  );
  return curves !== undefined && record !== undefined && curves.mtimeMs >= record.mtimeMs;
}
