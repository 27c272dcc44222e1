import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CnnvizError } from '../errors.js';

/** Extensions of the formats that can be decoded: Keras's list (png, jpg, jpeg, bmp, ppm, tif, tiff) and more. */
const SUPPORTED = new Set('png jpg jpeg bmp ppm pgm pbm pnm tif tiff webp gif avif'.split(' '));

/** Extensions of pictures that cannot be decoded: people must hear that these are left out. */
const UNSUPPORTED = new Set(['heic', 'heif', 'jp2', 'jxl', 'ico', 'svg']);

/** What lies in one class folder. */
export interface ImageFiles {
  /** absolute paths in Keras's order */
  images: string[];
  /** files that are hidden or not pictures, links to folders */
  ignoredCount: number;
  /** absolute paths of pictures in other formats */
  unsupported: string[];
}

/**
 * Lists the pictures of a class folder and of its sub-folders without opening any, in the order of Keras's
 * `flow_from_directory`: folders sorted by their whole path, then files by name. As in Keras, a link to a folder is not
 * followed inside a class folder (so no loop is possible); a link to a file is listed, even a dangling one.
 * Everything with a picture's name is listed, also a folder: whether it can be read shows when it is decoded.
 *
 * @throws CnnvizError NOT_READABLE for a folder that must not be read
 */
export async function listImageFiles(folder: string): Promise<ImageFiles> {
  const found: ImageFiles = { images: [], ignoredCount: 0, unsupported: [] };
  const filesOf = new Map<string, string[]>();
  const waiting = [folder];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    const files: string[] = [];
    for (const entry of await readFolder(current)) {
      const entryPath = path.join(current, entry.name);
      const kind = classifyName(entry.name);
      if (kind === 'image') files.push(entry.name);
      else if (entry.isDirectory()) {
        if (!entry.name.startsWith('.')) waiting.push(entryPath);
      } else if (kind === 'unsupported') found.unsupported.push(entryPath);
      else found.ignoredCount++;
    }
    filesOf.set(current, files);
  }
  for (const current of [...filesOf.keys()].sort(compareNames)) {
    for (const name of (filesOf.get(current) ?? []).sort(compareNames)) found.images.push(path.join(current, name));
  }
  found.unsupported.sort(compareNames);
  return found;
}

/** Names of the visible folders in a folder, links to folders among them, sorted as Keras sorts classes. */
export async function listFolderNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readFolder(folder)) {
    if (!entry.name.startsWith('.') && (await isFolder(folder, entry))) names.push(entry.name);
  }
  return names.sort(compareNames);
}

/**
 * A folder's entries.
 *
 * @throws CnnvizError NOT_READABLE
 */
export async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CnnvizError('NOT_READABLE', `cannot list the folder ${folder} (${code})`, {
      hint: 'Give yourself the right to read it.',
      cause: error,
    });
  }
}

/** What a file's name promises; hidden files promise nothing. */
export function classifyName(name: string): 'image' | 'unsupported' | 'other' {
  if (name.startsWith('.')) return 'other';
  const extension = path.extname(name).slice(1).toLowerCase();
  if (SUPPORTED.has(extension)) return 'image';
  return UNSUPPORTED.has(extension) ? 'unsupported' : 'other';
}

/** Python's order of strings: by code point, which is the order of their UTF-8 bytes (JavaScript's is by UTF-16 unit). */
export function compareNames(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function isFolder(parent: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(path.join(parent, entry.name)).then(
    (target) => target.isDirectory(),
    () => false,
  );
}
