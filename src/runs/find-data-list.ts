import { join } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { findInside, readBytes } from '../disk/read-file.js';
import { readCheckpointList } from './checkpoint.js';
import { DATA_LIST_FILE, type DataList, decodeDataList } from './data-list.js';
import type { RunRecord } from './run.js';

/**
 * The list of a run's images; that of its newest checkpoint in a run of an earlier version.
 *
 * @param folder of the run
 * @returns undefined where the run has none: the first versions kept none
 * @throws CnnvizError BAD_MODEL, NOT_READABLE for one that is missing or damaged
 */
export async function findDataList(folder: string, record: RunRecord): Promise<DataList | undefined> {
  if (record.dataList !== undefined) return readDataList(folder, record.dataList);
  for (const saved of record.checkpoints) {
    const list = await readCheckpointList(join(folder, saved.folder));
    if (list !== undefined) return list;
  }
  return undefined;
}

async function readDataList(folder: string, name: string): Promise<DataList> {
  const path = join(folder, name);
  if (!DATA_LIST_FILE.test(name)) {
    throw new CnnvizError(
      'BAD_MODEL',
      `${folder}: expected "dataList" to be a name such as data-1.json.gz, found ${name}`,
    );
  }
  const bytes = await readInside(folder, name).catch((error: unknown) => {
    if (!(error instanceof CnnvizError) || error.code !== 'NOT_FOUND') throw error;
    throw new CnnvizError('BAD_MODEL', `${path}: the run's list of images is missing`, { cause: error });
  });
  return decodeDataList(bytes, path);
}

async function readInside(folder: string, name: string): Promise<Buffer> {
  const path = await findInside(folder, name);
  if (path !== undefined) return readBytes(path);
  throw new CnnvizError('BAD_MODEL', `${join(folder, name)}: it is a link that leads out of the run`);
}
