// The archives that were opened: a path leads into one of them as it leads into a folder.

import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { openTarIndex } from './index-cache.js';
import { type ArchiveVersion, isSameVersion, type TarIndex, versionOf } from './tar-index.js';

/** A part of an archive that is a file's bytes. */
export interface ArchivedFile {
  /** absolute path */
  archive: string;
  /** of the archive, when its index was made */
  version: ArchiveVersion;
  offset: number;
  size: number;
}

/** An archive with its index: 16 bytes a file, besides the names. */
export class Archive {
  readonly path: string;
  readonly names: readonly string[];
  readonly classes: TarIndex['classes'];
  readonly special: TarIndex['special'];
  readonly version: ArchiveVersion;
  readonly #places = new Map<string, number>();
  readonly #offsets: Float64Array;
  readonly #sizes: Float64Array;

  constructor(path: string, index: TarIndex) {
    const { entries, classes, special } = index;
    this.path = path;
    this.names = entries.map(([name]) => name);
    this.classes = classes;
    this.special = special;
    this.version = versionOf(index);
    this.#offsets = Float64Array.from(entries, ([, offset]) => offset);
    this.#sizes = Float64Array.from(entries, ([, , length]) => length);
    for (const [place, name] of this.names.entries()) this.#places.set(name, place);
  }

  find(name: string): ArchivedFile | undefined {
    const place = this.#places.get(name);
    if (place === undefined) return undefined;
    const [offset, size] = [this.#offsets[place] as number, this.#sizes[place] as number];
    return { archive: this.path, version: this.version, offset, size };
  }
}

const opened = new Map<string, Archive>();

/**
 * Opens an archive, so that paths lead into it. One that is open and has not changed since is not read again.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET
 */
export async function openArchive(path: string): Promise<Archive> {
  const archive = resolve(path);
  const current = await stat(archive).catch((cause: NodeJS.ErrnoException) => {
    const isMissing = cause.code === 'ENOENT' || cause.code === 'ENOTDIR';
    const problem = isMissing ? 'does not exist' : `cannot be read (${cause.code})`;
    throw new CnnvizError(isMissing ? 'NOT_FOUND' : 'NOT_READABLE', `the archive ${archive} ${problem}`, { cause });
  });
  // Opening a pipe would wait for whoever writes to it.
  if (!current.isFile()) throw new CnnvizError('BAD_DATASET', `${archive}: expected an archive, found no regular file`);
  if (!archive.endsWith('.tar')) {
    throw new CnnvizError('BAD_DATASET', `${archive}: expected an archive whose name ends in .tar, in lower case`, {
      hint: 'Rename it, or choose a pattern that leaves it out.',
    });
  }
  const known = opened.get(archive);
  if (known !== undefined && isSameVersion(known.version, current)) return known;
  const found = new Archive(archive, await openTarIndex(archive, current));
  opened.set(archive, found);
  return found;
}

/** Opens the archive that a path leads into, if there is one. @returns whether there is @throws CnnvizError as openArchive */
export async function openArchiveOf(path: string): Promise<boolean> {
  for (const archive of archivesIn(resolve(path))) {
    const isFile = await stat(archive).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) continue;
    await openArchive(archive);
    return true;
  }
  return false;
}

/** What a path into an opened archive leads to; undefined for any other path, null where the archive has no such file. */
export function findArchived(path: string): ArchivedFile | null | undefined {
  if (opened.size === 0 || !path.includes(`.tar${sep}`)) return undefined;
  const absolute = resolve(path);
  for (const place of archivesIn(absolute)) {
    const archive = opened.get(place);
    if (archive !== undefined) return archive.find(absolute.slice(place.length + 1).replaceAll(sep, '/')) ?? null;
  }
  return undefined;
}

/** The beginnings of a path that can be archives. */
function archivesIn(path: string): string[] {
  const places: string[] = [];
  for (let at = path.indexOf(`.tar${sep}`); at >= 0; at = path.indexOf(`.tar${sep}`, at + 1)) {
    places.push(path.slice(0, at + 4));
  }
  return places;
}
