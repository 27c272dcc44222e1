// The indexes of archives that were read before, in the per-user cache: of an archive that is still the same.

import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../../disk/files.js';
import { cnnvizHome } from '../../disk/home-folder.js';
import { readBytes } from '../../disk/read-file.js';
import { type ArchiveVersion, indexTar, isSameVersion, type TarEntry, type TarIndex } from './tar-index.js';

const FORMAT = 'cnnviz-tar-index';
const VERSION = 2;

/**
 * An archive's index, from the cache where it is that of the archive as it is now. Without a usable cache the archive is read.
 *
 * @param archive absolute path
 * @param current of the archive, now
 * @throws CnnvizError as `indexTar` does
 */
export async function openTarIndex(archive: string, current: ArchiveVersion): Promise<TarIndex> {
  const place = placeIndex(archive);
  const kept = place === undefined ? undefined : await readIndex(place);
  if (kept !== undefined && isSameVersion(kept, current)) return kept;
  const index = await indexTar(archive);
  if (place !== undefined) await keepIndex(place, index);
  return index;
}

function placeIndex(archive: string): string | undefined {
  const name = createHash('sha256').update(archive).digest('hex');
  try {
    return join(cnnvizHome(), 'archives', `${name}.json`);
  } catch {
    return undefined;
  }
}

async function readIndex(place: string): Promise<TarIndex | undefined> {
  try {
    const content = JSON.parse(Buffer.from(await readBytes(place)).toString());
    return content.format === FORMAT && content.formatVersion === VERSION && isIndex(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isIndex({ size, mtimeMs, ino, entries, classes, special }: TarIndex): boolean {
  const isEntry = ([name, offset, length]: TarEntry) =>
    typeof name === 'string' && isCount(offset) && isCount(length) && offset + length <= size;
  const areClasses = Object.values(classes).every((className) => typeof className === 'string');
  const isVersion = isCount(size) && [mtimeMs, ino].every(Number.isFinite);
  return isVersion && entries.every(isEntry) && areClasses && isCount(special.count);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

async function keepIndex(place: string, index: TarIndex): Promise<void> {
  try {
    await mkdir(dirname(place), { recursive: true });
    await replaceFile(place, JSON.stringify({ format: FORMAT, formatVersion: VERSION, ...index }));
  } catch {
    // Next time it is read again.
  }
}
