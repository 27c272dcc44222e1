// Lists a folder.

import { isUtf8 } from 'node:buffer';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { type FolderEntry, listMounted } from '../files/archive-folder.js';

/** Folders that systems and programs leave behind; no image of anybody's is in them. */
const SYSTEM_FOLDERS = new Set([
  '__macosx',
  '@eadir',
  '@recycle',
  '#recycle',
  'lost+found',
  '$recycle.bin',
  'system volume information',
  '__pycache__',
]);

const SYSTEM_FILES = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini']);

/** What a folder holds. */
interface FolderEntries {
  entries: FolderEntry[];
  /** names that are not UTF-8, with their bytes as `\xe9`: no path leads to them */
  unnamable: { name: string; isFolder: boolean }[];
}

/** Whether a name is hidden, or one that systems and programs give to what they leave behind. */
export function isSystemName(name: string): boolean {
  const small = name.toLowerCase();
  return name.startsWith('.') || SYSTEM_FOLDERS.has(small) || SYSTEM_FILES.has(small);
}

/**
 * A folder's entries.
 *
 * @throws CnnvizError NOT_READABLE
 */
export async function readFolder(folder: string): Promise<FolderEntries> {
  const archived = listMounted(folder);
  if (archived !== undefined) return { entries: archived, unnamable: [] };
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // Where a name is no UTF-8, Node puts this sign in place of its bytes.
    if (!entries.some(({ name }) => name.includes('\ufffd'))) return { entries, unnamable: [] };
    const raw = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    const wrong = raw.filter(({ name }) => !isUtf8(name));
    const shown = new Set(wrong.map(({ name }) => name.toString()));
    return {
      entries: entries.filter(({ name }) => !shown.has(name)),
      unnamable: wrong.map((entry) => ({ name: escapeBytes(entry.name), isFolder: entry.isDirectory() })),
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CnnvizError('NOT_READABLE', `cannot list the folder ${folder} (${code})`, {
      hint: "Check the folder's permissions.",
      cause: error,
    });
  }
}

/** Names of the visible folders in a folder, links to folders among them, sorted as Keras sorts classes. */
export async function listFolderNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of (await readFolder(folder)).entries) {
    if (!isSystemName(entry.name) && (await isFolder(folder, entry))) names.push(entry.name);
  }
  return sortNames(names);
}

/** Whether an entry is a folder or a link to one. */
export async function isFolder(parent: string, entry: FolderEntry): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(path.join(parent, entry.name)).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

/** Sorts in place, in Python's order of strings: by code point, which is the order of their UTF-8 bytes. */
export function sortNames(names: string[]): string[] {
  // JavaScript's own order is by UTF-16 unit: the same below the surrogates, and ten times as fast.
  return names.some((name) => /[\ud800-\uffff]/.test(name)) ? names.sort(compareNames) : names.sort();
}

/** Python's order of strings. */
function compareNames(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function escapeBytes(name: Buffer): string {
  const text = name.toString('latin1');
  return text.replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
