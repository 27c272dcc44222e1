// A sheet of all dreams of each layer, and one of those of classes.

import { join } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { decodePicture } from '../../dataset/decode/decode.js';
import type { ResultFile } from '../../output/activation-files.js';
import { type DrawableDreams, drawDreamSheet, type SheetDream } from '../../output/dream-files.js';
import type { DreamJob } from './dream-all.js';
import { type Dream, describeImages } from './result.js';

/** Sides of pictures are not larger. */
const sideAtMost = 4096;

/** From the pictures in the folder, those of earlier calls, too. */
export async function drawSheets({ folder, places, peaks, source, settings }: DreamJob): Promise<ResultFile[]> {
  const { plain, steps, seed, out } = settings;
  const files: ResultFile[] = [];
  for (const { layerName, base } of places) {
    const dreams: SheetDream[] = [];
    for (const dream of folder.dreams.filter(({ layer }) => layer === layerName)) {
      dreams.push(describeDream(dream, await decodePicture(join(out, dream.file), sideAtMost, false)));
    }
    const sheet: DrawableDreams = {
      ...{ base: `${base}-dreams`, dreams },
      title: layerName === null ? 'What makes the score of a class high' : `${layerName}, what makes its channels fire`,
      recipe: `${plain ? "the book's gradient ascent" : 'gradient ascent'}, ${formatAmount(steps, 'step')}, seed ${seed}`,
      ...(peaks && { images: describeImages(peaks.about) }),
    };
    files.push(drawDreamSheet(sheet, source));
  }
  return files;
}

function describeDream(
  { layer, index, className, reached, began, highest, exceeds }: Dream,
  picture: SheetDream['picture'],
): SheetDream {
  const mean = [layer === null ? 'score' : 'mean', reached.mean, highest?.mean] as const;
  const max = ['cell', reached.max, highest?.max] as const;
  return {
    picture,
    name: layer === null ? `${className}` : `channel ${index}`,
    isFailed: exceeds === false,
    began,
    numbers: layer === null ? [mean] : [mean, max],
  };
}
