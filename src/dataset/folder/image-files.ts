// Lists the images of one class folder.

import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { archivedPath, type FolderEntry } from '../files/archive-folder.js';
import { sortFolders } from './auxiliary-folders.js';
import { classifyName, type FileKind, readExtension, sniffFile } from './file-content.js';
import { isFolder, isSystemName, readFolder, sortNames } from './folder-entries.js';
import { type LeftOut, LeftOutList } from './left-out.js';

/** How many files of one extension in one folder are opened in vain before the others are believed to be no images either. */
const SNIFFED_IN_VAIN = 100;

/** What lies in one class folder. */
export interface ImageFiles {
  /** absolute paths in Keras's order */
  images: string[];
  leftOut: LeftOut[];
}

interface WaitingFolder {
  path: string;
  /** with links resolved */
  real: string;
}

/**
 * Lists the images of a class folder and of its sub-folders, in the order of Keras's `flow_from_directory`: folders sorted by
 * their whole path, then files by name. A name with an image's extension is believed, so a dangling link and a folder of such a
 * name are listed: whether they can be read shows when they are decoded. Of other files the first bytes decide. A link to a
 * folder is followed within the data folder, unless what it leads to is listed already or holds this folder.
 *
 * @param within the data folder; default: `folder`
 * @throws CnnvizError NOT_READABLE for a folder that must not be read
 */
export async function listImageFiles(folder: string, within = folder): Promise<ImageFiles> {
  const leftOut = new LeftOutList();
  const filesOf = new Map<string, string[]>();
  const real = await realpath(folder).catch(() => folder);
  const boundary = await realpath(within).catch(() => within);
  const visited = new Set<string>();
  const waiting: WaitingFolder[] = [{ path: folder, real }];
  const links: WaitingFolder[] = [];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop() ?? links.pop()) {
    if (visited.has(current.real)) {
      leftOut.add('link', current.path);
      continue;
    }
    visited.add(current.real);
    const found = await listFolder(current.path, leftOut);
    filesOf.set(current.path, found.files);
    const { kept, auxiliary } = sortFolders(found.folders);
    for (const name of kept) waiting.push(below(current, name));
    for (const name of auxiliary) leftOut.add('folder', path.join(current.path, name));
    for (const name of found.links) {
      const link = path.join(current.path, name);
      const target = await realpath(link).catch(() => '');
      if (isWithin(boundary, target) && !isWithin(target, real)) links.push({ path: link, real: target });
      else leftOut.add('link', link);
    }
  }
  const images: string[] = [];
  for (const parent of sortNames([...filesOf.keys()])) {
    // What path.join makes of each name keeps the pieces that it was made from: three times the memory, for a million files.
    const start = path.join(parent, 'x').slice(0, -1);
    for (const name of filesOf.get(parent) ?? []) images.push(archivedPath(start + name));
  }
  return { images, leftOut: leftOut.toArray() };
}

/** The images directly in a folder, sorted by name, and the folders in it. */
export async function listFolder(
  folder: string,
  leftOut: LeftOutList,
): Promise<{ files: string[]; folders: string[]; links: string[] }> {
  const { entries, unnamable } = await readFolder(folder);
  for (const { name } of unnamable) leftOut.add('name', path.join(folder, name));
  const files: string[] = [];
  const folders: string[] = [];
  const links: string[] = [];
  const unclear = new Map<string, string[]>();
  for (const entry of entries) {
    if (isSystemName(entry.name)) leftOut.add('hidden', path.join(folder, entry.name));
    else if (classifyName(entry.name) === 'image') files.push(entry.name);
    else if (await isFolder(folder, entry)) (entry.isSymbolicLink() ? links : folders).push(entry.name);
    else addUnclear(unclear, entry);
  }
  for (const names of unclear.values()) files.push(...sniffNames(folder, sortNames(names), leftOut));
  return { files: sortNames(files), folders, links };
}

function addUnclear(unclear: Map<string, string[]>, { name }: FolderEntry): void {
  const extension = readExtension(name);
  const names = unclear.get(extension);
  if (names === undefined) unclear.set(extension, [name]);
  else names.push(name);
}

/** Those names whose files hold images. @param names sorted, of one extension */
function sniffNames(folder: string, names: readonly string[], leftOut: LeftOutList): string[] {
  const images: string[] = [];
  let kind: FileKind = 'no-image';
  for (const [index, name] of names.entries()) {
    const file = path.join(folder, name);
    if (images.length > 0 || index < SNIFFED_IN_VAIN) kind = sniffFile(archivedPath(file));
    if (kind === 'image') images.push(name);
    else leftOut.add(kind, file);
  }
  return images;
}

function below(parent: WaitingFolder, name: string): WaitingFolder {
  return { path: path.join(parent.path, name), real: path.join(parent.real, name) };
}

/** Whether a path is a folder's own or below it. */
function isWithin(folder: string, target: string): boolean {
  return target === folder || target.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}
