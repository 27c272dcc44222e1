import fs from 'node:fs/promises';
import { join } from 'node:path';
import type { tf } from '../backend/tfjs/tensors.js';
import { makeFolder, writeFileAtomically, writeFilesTogether, writeNewFolder } from '../disk/files.js';
import type { NamedArray } from '../engines/contract/training-step.js';
import { encodeModel } from '../network/store.js';
import { type Checkpoint, encodeCheckpoint } from './checkpoint.js';
import { type DataList, encodeDataList } from './data-list.js';
import { encodeHistory } from './history-files.js';
import type { Monitor } from './monitor.js';
import { sweepRun } from './repair-run.js';
import { RUN_FILE, type RunRecord, type RunState } from './run.js';
import { requireLockKept } from './run-lock.js';

/** Checkpoints that are kept: the one before the newest, too, should the newest turn out to be damaged. */
const CHECKPOINTS_KEPT = 2;

export interface SaveMoment {
  /** reports how far training has come */
  checkpoint: Checkpoint;
  /** the model's, where they have been read already */
  weights?: readonly NamedArray[];
  /** these weights are the best so far */
  best?: { monitor: Monitor; value: number };
  /** these weights stay, whatever comes after them */
  isKept?: boolean;
  /** the run's images, where more is known of them than in the list that was saved last */
  dataList?: DataList;
  /** called when everything is on disk, right before the run changes */
  beforeCommit?: () => Promise<void>;
}

/**
 * Saves the model's weights as the run's last ones, as its best if they are, and as a checkpoint. The new weights are
 * written beside the old ones; replacing run.json, which names them, is the one moment at which the run changes. The history
 * for other programs changes right before it: a death in between leaves it an epoch ahead of a run that is not finished.
 *
 * @param previous the record of this run as last saved; absent at a run's first save
 * @throws CnnvizError DISK_FULL, NOT_WRITABLE; the run is then as it was
 */
export async function saveRun(
  folder: string,
  model: tf.LayersModel,
  state: RunState,
  { checkpoint, weights, best: newBest, isKept, dataList, beforeCommit }: SaveMoment,
  previous: RunRecord | undefined,
): Promise<RunRecord> {
  await requireLockKept(folder);
  const { epoch, step } = checkpoint.progress;
  const last = { folder: await unusedName(folder, weightsNames(epoch)), epoch, step };
  const best = newBest === undefined ? previous?.weights.best : { ...last, ...newBest };
  const withBest = best === undefined ? {} : { best };
  const listName = dataList === undefined ? previous?.dataList : await unusedName(folder, DATA_LIST_NAMES);
  const kept = [...(previous?.kept ?? []), ...(isKept ? [last] : [])];
  const record: RunRecord = {
    ...state,
    ...(kept.length > 0 && { kept }),
    ...(listName === undefined ? {} : { dataList: listName }),
    weights: { last, ...withBest },
    checkpoints: [{ ...last, ...withBest }, ...(previous?.checkpoints ?? [])].slice(0, CHECKPOINTS_KEPT),
  };
  if (dataList !== undefined && listName !== undefined) {
    await makeFolder(folder);
    await writeFileAtomically(join(folder, listName), await encodeDataList(dataList));
  }
  await writeNewFolder(join(folder, last.folder), encodeCheckpoint(checkpoint, encodeModel(model, weights)));
  const { history, epochSeconds = [] } = record;
  const files = { ...encodeHistory(history, epochSeconds), [RUN_FILE]: encodeRecord(record) };
  await writeFilesTogether(folder, files, beforeCommit);
  await sweepRun(folder, record);
  return record;
}

/** Replaces run.json alone, the weights being as they were. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function updateRun(folder: string, record: RunRecord): Promise<void> {
  await requireLockKept(folder);
  await writeFileAtomically(join(folder, RUN_FILE), encodeRecord(record));
}

function encodeRecord(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** epoch-0001, epoch-0001-2, ... */
function weightsNames(epoch: number): (copy: number) => string {
  const name = `epoch-${String(epoch).padStart(4, '0')}`;
  return (copy) => (copy === 1 ? name : `${name}-${copy}`);
}

const DATA_LIST_NAMES = (copy: number) => `data-${copy}.json.gz`;

/** A name for a film, in which nothing lies yet. */
export async function nameFilm(folder: string): Promise<string> {
  return unusedName(folder, (copy) => `film-${copy}`);
}

/** What run.json names is never written over: a run that is being replaced may have weights of the same epoch. */
async function unusedName(folder: string, nameOf: (copy: number) => string): Promise<string> {
  const taken = new Set(await fs.readdir(folder).catch(() => []));
  for (let copy = 1; ; copy++) {
    if (!taken.has(nameOf(copy))) return nameOf(copy);
  }
}
