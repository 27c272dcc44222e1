// Unpacks the few files of an archive that make up a network: an export of Teachable Machine, or what somebody has zipped.

import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { makeFolder } from '../../disk/files.js';
import type { RefuseFile } from '../bad-model.js';
import { isObject } from '../config/json.js';
import { CLASS_FILES } from '../origin/find-class-names.js';
import type { ZipArchive } from '../storage/zip-archive.js';

/** Files of weights that one network is spread over, at most. */
const shardsAtMost = 2000;

export interface UnpackedExport {
  /** of the network's file */
  readonly path: string;
  /** Takes the files away again. */
  remove(): Promise<void>;
}

/** @param name of the network's file in the archive @param json its content, for a model.json */
export async function unpackExport(
  archive: ZipArchive,
  name: string,
  json: unknown,
  refuse: RefuseFile,
): Promise<UnpackedExport> {
  const within = (file: string) => posix.join(posix.dirname(name), file);
  const wanted = new Set([name, ...listShards(json, refuse).map(within), ...CLASS_FILES.map(within)]);
  const folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-export-'));
  const remove = () => fs.rm(folder, { recursive: true, force: true });
  try {
    for (const entry of wanted) {
      if (!archive.entries.has(entry)) continue; // what is missing is for the network's reader to say
      const target = join(folder, entry);
      await makeFolder(dirname(target));
      await archive.extract(entry, target);
    }
    return { path: join(folder, name), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function listShards(json: unknown, refuse: RefuseFile): string[] {
  const groups = isObject(json) && Array.isArray(json.weightsManifest) ? json.weightsManifest : [];
  const names = groups.flatMap((group) => (isObject(group) && Array.isArray(group.paths) ? group.paths : []));
  if (names.length > shardsAtMost) throw refuse(`it spreads its weights over more than ${shardsAtMost} files`);
  return names.filter((name) => typeof name === 'string');
}
