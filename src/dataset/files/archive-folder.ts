// The files of some archives as one folder: what is listed of it is what would be there if all were unpacked into one.

import { basename, sep } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import type { Archive } from './archives.js';
import { isClassMember, keyOf } from './tar-index.js';

/** What is asked of an entry of a folder. */
export interface FolderEntry {
  name: string;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

const IMAGE_NAME = /\.(a?png|jpe?g?|jif|jfif?|pjpe?g|pjp|mpo|bmp|dib|p[pgbn]m|tiff?|webp|gif|avif)$/i;

/** One level of it. */
interface Level {
  folders: Set<string>;
  /** by name, the number of the archive that holds it */
  files: Map<string, number>;
}

/** An archive, and the folder that its files lie in: '' for the folder of all of them. */
export interface PlacedArchive {
  archive: Archive;
  folder: string;
}

export class ArchiveFolder {
  readonly #archives: readonly PlacedArchive[];
  readonly #levels = new Map<string, Level>();
  /** whether the classes of the images are in `.cls` members */
  readonly #isLabeled: boolean;

  /** @throws CnnvizError BAD_DATASET where two files have one name, or an image has no class among images that have, or a class
   * is that of several */
  constructor(archives: readonly PlacedArchive[]) {
    this.#archives = archives;
    this.#isLabeled = archives.some(({ archive }) => Object.keys(archive.classes).length > 0);
    this.#level('');
    for (const [number, { archive, folder }] of archives.entries()) {
      if (this.#isLabeled) requireOneImageEach(archive);
      for (const name of archive.names) {
        const place = this.#isLabeled ? this.#placeLabeled(archive, name) : name;
        if (place !== undefined) this.#add(folder === '' ? place : `${folder}/${place}`, number, archive, name);
      }
    }
  }

  /** @param folder within this one, '' for itself; undefined where there is none */
  entriesOf(folder: string): FolderEntry[] | undefined {
    const level = this.#levels.get(folder);
    if (level === undefined) return undefined;
    const entry = (isFolder: boolean) => (name: string) => {
      return { name, isDirectory: () => isFolder, isSymbolicLink: () => false };
    };
    return [...[...level.folders].map(entry(true)), ...[...level.files.keys()].map(entry(false))];
  }

  /** The path of a file in its archive, by its place here. */
  pathOf(place: string): string | undefined {
    const end = place.lastIndexOf('/');
    const number = this.#levels.get(place.slice(0, Math.max(0, end)))?.files.get(place.slice(end + 1));
    if (number === undefined) return undefined;
    const { archive, folder } = this.#archives[number] as PlacedArchive;
    const added = (folder === '' ? 0 : 1) + (this.#isLabeled ? 1 : 0);
    return `${archive.path}${sep}${place.split('/').slice(added).join(sep)}`;
  }

  /** A file's class comes first, whatever folder of the archive it is in. */
  #placeLabeled({ path, classes }: Archive, name: string): string | undefined {
    if (isClassMember(name)) return undefined;
    const className = Object.hasOwn(classes, keyOf(name)) ? classes[keyOf(name)] : undefined;
    if (className !== undefined) return `${className}/${name}`;
    if (!IMAGE_NAME.test(name)) return undefined;
    throw new CnnvizError('BAD_DATASET', `${path}: ${name} has no class: there is no ${keyOf(name)}.cls`, {
      hint: 'Give every image a .cls member, or none and pack class folders.',
    });
  }

  #add(place: string, number: number, archive: Archive, name: string): void {
    const end = place.lastIndexOf('/');
    const level = this.#level(place.slice(0, Math.max(0, end)));
    const file = place.slice(end + 1);
    const other = level.files.get(file);
    if (other !== undefined || level.folders.has(file)) {
      const twin = other === undefined ? '' : ` and ${basename((this.#archives[other] as PlacedArchive).archive.path)}`;
      throw new CnnvizError('BAD_DATASET', `${archive.path}: two files of the name ${name}, here${twin}`, {
        hint: 'Every file needs a name of its own, in all archives together.',
      });
    }
    level.files.set(file, number);
  }

  /** With the levels above. */
  #level(folder: string): Level {
    const known = this.#levels.get(folder);
    if (known !== undefined) return known;
    const level: Level = { folders: new Set(), files: new Map() };
    this.#levels.set(folder, level);
    if (folder !== '') {
      const end = folder.lastIndexOf('/');
      this.#level(folder.slice(0, Math.max(0, end))).folders.add(folder.slice(end + 1));
    }
    return level;
  }
}

/** A sample's second image is most often a mask, and no example of the class. */
function requireOneImageEach({ path, names }: Archive): void {
  const images = new Map<string, string>();
  for (const name of names) {
    if (!IMAGE_NAME.test(name)) continue;
    const other = images.get(keyOf(name));
    if (other !== undefined) {
      throw new CnnvizError('BAD_DATASET', `${path}: ${other} and ${name} are two images of one .cls member`, {
        hint: 'Pack one image for each key: leave masks out, or give them keys and .cls members of their own.',
      });
    }
    images.set(keyOf(name), name);
  }
}

const mounted = new Map<string, ArchiveFolder>();

/** Has an absolute path lead to a folder of archives, from now on. */
export function mountArchives(path: string, folder: ArchiveFolder): void {
  mounted.set(path, folder);
}

/** Has a path lead to what is on the disk again. */
export function unmountArchives(path: string): void {
  mounted.delete(path);
}

/** What is listed of a path below such a folder; undefined for any other path. */
export function listMounted(path: string): FolderEntry[] | undefined {
  return find(path, (folder, place) => folder.entriesOf(place));
}

/** The path by which a file is read: of one that was listed in such a folder, that within its archive. */
export function archivedPath(path: string): string {
  return find(path, (folder, place) => folder.pathOf(place)) ?? path;
}

function find<T>(path: string, ask: (folder: ArchiveFolder, place: string) => T | undefined): T | undefined {
  for (const [root, folder] of mounted) {
    if (path === root || path.startsWith(root + sep)) {
      const found = ask(folder, path.slice(root.length + 1).replaceAll(sep, '/'));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
