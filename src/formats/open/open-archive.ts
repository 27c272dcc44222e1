// Opens the network in a zip archive, whatever the archive is called.

import { dirname } from 'node:path';
import { parseJson } from '../../disk/read-file.js';
import type { RefuseFile } from '../bad-model.js';
import { openKerasParts } from '../keras/open-parts.js';
import { partsOfArchive } from '../keras/parts.js';
import { openZip, type ZipArchive } from '../storage/zip-archive.js';
import { findNetworkName, isKerasArchive, largestDescription } from './find-network.js';
import type { Opened } from './opened.js';
import { unpackExport } from './unpack-export.js';

/** @param openFile opens what has been unpacked */
export async function openArchive(
  path: string,
  openFile: (path: string) => Promise<Opened>,
  refuse: RefuseFile,
): Promise<Opened> {
  const archive = await openZip(path, refuse);
  try {
    const names = [...archive.entries.keys()];
    if (isKerasArchive(names)) {
      return { network: await openKerasParts(partsOfArchive(archive, refuse), refuse), folder: dirname(path) };
    }
    const readSmall = (name: string) => readIfSmall(archive, name);
    const name = await findNetworkName({ what: 'a zip archive', names, readSmall }, refuse);
    const text = /\.json$/i.test(name) ? await readSmall(name) : undefined;
    const json = text && parseJson(text, (reason, cause) => refuse(`${name} in it: ${reason}`, { cause }));
    return await openUnpacked(await unpackExport(archive, name, json, refuse), openFile);
  } finally {
    archive.close();
  }
}

async function readIfSmall(archive: ZipArchive, name: string): Promise<Buffer | undefined> {
  const size = archive.entries.get(name) ?? 0;
  return size > largestDescription ? undefined : await archive.read(name, largestDescription);
}

/** What has been unpacked lasts as long as its network. */
async function openUnpacked(
  unpacked: Awaited<ReturnType<typeof unpackExport>>,
  openFile: (path: string) => Promise<Opened>,
): Promise<Opened> {
  try {
    const { network, folder } = await openFile(unpacked.path);
    const close = async () => {
      await network.close();
      await unpacked.remove();
    };
    return { network: { ...network, close }, folder };
  } catch (error) {
    await unpacked.remove();
    throw error;
  }
}
