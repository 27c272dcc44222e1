// Groups of mistakes as a contact sheet.

import { basename } from 'node:path';
import { rasterFromPixels } from '../../base/raster.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import type { ResultFile } from '../../output/activation-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import { getColormap } from '../../rendering/colormap.js';
import { renderContactSheet, type SheetEntry } from '../../rendering/contact-sheet.js';
import { overlayMap } from '../../rendering/overlay.js';
import { placeCells } from '../../rendering/place-cells.js';
import { encodePng } from '../../rendering/png.js';
import type { ExplainedMistakes } from './explain-mistakes.js';
import { listGroup } from './mistake-group-words.js';

/** Images of a group on the sheet: a row, or two. */
const rowLength = 4;
const shownAtMost = 8;

/**
 * The most typical images of each group, the evidence beyond the average drawn over them.
 *
 * @returns undefined where there are no groups
 * @throws CnnvizError BAD_IMAGE for an image that is gone
 */
export async function drawMistakeGroups(
  { layer, classes, maps, cells, preprocessing }: ExplainedMistakes,
  { words, texts }: PictureSource,
): Promise<ResultFile | undefined> {
  const entries: SheetEntry[] = [];
  for (const { className, groups } of classes) {
    for (const [index, group] of groups.entries()) {
      const rows = Math.min(shownAtMost, group.images.length);
      for (const path of group.images.slice(0, rows - (rows % rowLength))) {
        const lines = [`predicted ${className}`, ...listGroup(group, index), basename(path)];
        entries.push({ picture: await drawEvidence(path), lines });
      }
    }
  }
  if (entries.length === 0) return undefined;
  const title = 'What mistakes have in common: the evidence for the wrong class beyond the average map';
  const subtitle = [`HiResCAM at ${layer}`, ...words].join(' - ');
  return { name: 'mistake-groups.png', content: encodePng(renderContactSheet({ title, subtitle, entries }), texts) };

  async function drawEvidence(path: string) {
    const { width, height } = preprocessing;
    const photograph = rasterFromPixels(await decodeImage(path, preprocessing), width, height, 3);
    const map = maps.get(path) as Parameters<typeof placeCells>[0];
    const shown = { ...map, values: map.values.map((value) => Math.max(0, value)) };
    const limit = shown.values.reduce((most, value) => Math.max(most, value), 0);
    const placed = placeCells(shown, cells, { width, height, smooth: true });
    return overlayMap(photograph, placed, limit, getColormap('coolwarm'));
  }
}
