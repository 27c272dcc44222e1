// The film of a run: a folder with the probe's images, and a file for each epoch.

import { join } from 'node:path';
import { CnnvizError } from '../base/errors.js';
import { makeFolder, writeFileAtomically } from '../disk/files.js';
import { readBytes } from '../disk/read-file.js';
import { decodeFrame, encodeFrame, type Frame } from './frame.js';
import { decodeProbeImages, encodeProbeImages, type ProbeImages } from './probe-images.js';

const IMAGES_FILE = 'images.gz';

/** `frame-0003.gz` */
function frameName(epoch: number): string {
  return `frame-${String(epoch).padStart(4, '0')}.gz`;
}

/** @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function writeProbeImages(folder: string, images: ProbeImages): Promise<void> {
  await makeFolder(folder);
  await writeFileAtomically(join(folder, IMAGES_FILE), await encodeProbeImages(images));
}

/** @throws CnnvizError DISK_FULL, NOT_WRITABLE */
export async function writeFrame(folder: string, frame: Frame): Promise<void> {
  await writeFileAtomically(join(folder, frameName(frame.epoch)), await encodeFrame(frame));
}

/** @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL */
export async function readProbeImages(folder: string): Promise<ProbeImages> {
  const path = join(folder, IMAGES_FILE);
  return decodeProbeImages(await readBytes(path), path);
}

/** The frame after an epoch; undefined where there is none. @throws CnnvizError NOT_READABLE, BAD_MODEL */
export async function readFrame(folder: string, epoch: number): Promise<Frame | undefined> {
  const path = join(folder, frameName(epoch));
  const bytes = await readBytes(path).catch((error: unknown) => {
    if (error instanceof CnnvizError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  });
  return bytes && decodeFrame(bytes, path);
}
