// The images that are looked at after every epoch.

import { basename, join, resolve } from 'node:path';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { readProbeImages } from '../../film/film-folder.js';
import type { ProbeImages } from '../../film/probe-images.js';
import type { RunRecord } from '../../runs/run.js';

/** Decodes the images of a new run's film. @throws CnnvizError BAD_IMAGE for the first that is missing or damaged */
export async function decodeProbe(paths: readonly string[], preprocessing: Preprocessing): Promise<ProbeImages> {
  const { height, width } = preprocessing;
  const images = [];
  for (const path of paths) {
    images.push({ name: basename(path), path: resolve(path), pixels: await decodeImage(path, preprocessing) });
  }
  return { height, width, images };
}

/** Those of a run that goes on, as they were at its start. @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL */
export async function recallProbe(folder: string, { film }: Pick<RunRecord, 'film'>): Promise<ProbeImages | undefined> {
  return film && readProbeImages(join(folder, film.folder));
}
