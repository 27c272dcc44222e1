import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { archivedPath, listMounted } from '../files/archive-folder.js';
import { classifyName, sniffFile } from './file-content.js';
import { isFolder, isSystemName, sortNames } from './folder-entries.js';

/** How deep images are looked for. */
const MAX_DEPTH = 8;
/** How many files of a folder are opened to learn whether it holds images, where no name says so. */
const MAX_SNIFFED = 20;

/** What a folder holds, as far as it had to be read. */
export interface FolderContent {
  /** an image, or a picture in a format that cannot be decoded, lies directly in it */
  holdsImages: boolean;
  /** names of the folders in it, sorted; all of them only where there are no images */
  folders: string[];
}

/** Looks into folders, each once, and no further than it takes to know whether there are images. */
export class FolderProbe {
  readonly #known = new Map<string, Promise<FolderContent>>();
  readonly #where: 'disk' | 'archives';

  /** @param where disk: an earlier call may have listed archives in a folder's place, which are not what is there now */
  constructor(where: 'disk' | 'archives' = 'archives') {
    this.#where = where;
  }

  /** @throws CnnvizError NOT_READABLE */
  look(folder: string): Promise<FolderContent> {
    const found = this.#known.get(folder) ?? readContent(folder, this.#where);
    this.#known.set(folder, found);
    return found;
  }

  /** Whether images are in a folder or below it. */
  async hasImages(folder: string, depth = 0): Promise<boolean> {
    const { holdsImages, folders } = await this.look(folder);
    if (holdsImages) return true;
    if (depth === MAX_DEPTH) return false;
    for (const name of folders) {
      if (await this.hasImages(path.join(folder, name), depth + 1)) return true;
    }
    return false;
  }
}

async function readContent(folder: string, where: 'disk' | 'archives'): Promise<FolderContent> {
  const folders: string[] = [];
  const isOnDisk = where === 'disk';
  let sniffed = 0;
  try {
    for await (const entry of (isOnDisk ? undefined : listMounted(folder)) ?? (await opendir(folder))) {
      const { name } = entry;
      const file = path.join(folder, name);
      if (isSystemName(name)) continue;
      if (classifyName(name) !== 'no-image') return { holdsImages: true, folders: sortNames(folders) };
      if (await isFolder(folder, entry)) folders.push(name);
      else if (++sniffed <= MAX_SNIFFED && sniffFile(isOnDisk ? file : archivedPath(file)) !== 'no-image') {
        return { holdsImages: true, folders: sortNames(folders) };
      }
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new CnnvizError('NOT_READABLE', `cannot list the folder ${folder} (${code})`, {
      hint: "Check the folder's permissions.",
      cause: error,
    });
  }
  return { holdsImages: false, folders: sortNames(folders) };
}
