// Which of the files of a folder or an archive is the network.

import type { RefuseFile } from '../bad-model.js';
import { CONFIG_ENTRY, WEIGHTS_ENTRY } from '../keras/open-parts.js';
import { refuseContent } from './other-files.js';

/** Bytes of a file that describes a network without its weights. */
export const largestDescription = 64 * 2 ** 20;

/** A folder or an archive, as far as the choice needs it. */
export interface Place {
  /** in words */
  readonly what: string;
  /** of files; those in folders within as `folder/name`, or such a folder as `folder/` */
  readonly names: readonly string[];
  /** A file that is small enough to describe a network; undefined for others. */
  readSmall(name: string): Promise<Buffer | undefined>;
}

/** Whether a place is itself what a .keras file packs. */
export function isKerasArchive(names: readonly string[]): boolean {
  return names.includes(CONFIG_ENTRY) && names.includes(WEIGHTS_ENTRY);
}

/** The name of the one file that is a network. @throws what `refuse` makes of none, or several */
export async function findNetworkName({ what, names: all, readSmall }: Place, refuse: RefuseFile): Promise<string> {
  const names = all.filter((name) => !/(^|\/)\./.test(name)); // macOS puts ._model.h5 beside model.h5
  const candidates = names.filter((name) => /(^|\/)model\.json$/i.test(name));
  if (candidates.length === 0) candidates.push(...names.filter((name) => /\.(keras|h5|hdf5)$/i.test(name)));
  if (candidates.length === 0) {
    for (const name of names) {
      if (/\.json$/i.test(name) && (await readSmall(name))?.includes('"modelTopology"')) candidates.push(name);
    }
  }
  const [name, ...others] = candidates;
  if (name === undefined) throw refuseContent(names, what, refuse);
  if (others.length === 0) return name;
  const list = candidates.length > 5 ? `${candidates.slice(0, 5).join(', ')}, ...` : candidates.join(', ');
  throw refuse(`it holds ${candidates.length} networks: ${list}`, { hint: 'Name one of them.' });
}
