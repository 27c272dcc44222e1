// A contact sheet of each class.

import { basename } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { decodePicture } from '../../dataset/decode/decode.js';
import { writeResultsFolder } from '../../output/results-folder.js';
import { renderContactSheet, SHEET_CELL, type SheetEntry } from '../../rendering/contact-sheet.js';
import { encodePng } from '../../rendering/png.js';
import type { WorkflowOptions } from '../shared/events.js';
import { onImages, withoutNetwork } from '../shared/picture-source.js';
import { readVersions } from '../shared/versions.js';
import type { SplitFile } from './examine-images.js';
import type { CheckResult } from './result.js';

/** Images on the sheet of one class. */
const SHOWN = 20;

/**
 * Writes a contact sheet of each class and the result to a results folder.
 *
 * @param autoOrient rotate images as for the network
 * @returns the names of the files
 * @throws CnnvizError NOT_WRITABLE, DISK_FULL, ABORTED
 */
export async function writeSheets(
  path: string,
  result: CheckResult,
  files: readonly SplitFile[],
  { autoOrient, onEvent, signal }: WorkflowOptions & { autoOrient: boolean },
): Promise<string[]> {
  const manifest = await writeResultsFolder(path, async (folder) => {
    const names: string[] = [];
    for (const [classIndex, className] of result.classNames.entries()) {
      if (signal?.aborted) throw new CnnvizError('ABORTED', 'interrupted; no contact sheet was written');
      const ofClass = files.filter((file) => file.classIndex === classIndex);
      const name = nameSheet(classIndex, className);
      await folder.write(name, await drawClass(className, ofClass, { root: result.root, autoOrient }));
      names.push(name);
      onEvent?.({ type: 'picture-drawn', drawn: names.length, total: result.classNames.length });
    }
    return { format: 'cnnviz-check', formatVersion: 1, versions: readVersions(), ...result, files: names };
  });
  return manifest.files;
}

/** `class-1-dogs.png`; what file systems might not take becomes `_` */
function nameSheet(classIndex: number, className: string): string {
  return `class-${classIndex}-${className.replaceAll(/[^\p{L}\p{N}.-]+/gu, '_').slice(0, 40)}.png`;
}

/** Images at equal distances in the class's order: the first would all be of one day or one camera. */
async function drawClass(
  className: string,
  files: readonly SplitFile[],
  { root, autoOrient }: { root: string; autoOrient: boolean },
): Promise<Uint8Array> {
  const count = Math.min(SHOWN, files.length);
  const chosen = Array.from({ length: count }, (_, place) => files[Math.floor((place * files.length) / count)]);
  const entries: SheetEntry[] = [];
  for (const { path, split } of chosen as SplitFile[]) {
    const picture = await decodePicture(path, SHEET_CELL, autoOrient).catch(() => undefined);
    if (picture !== undefined) entries.push({ picture, lines: [basename(path), split] });
  }
  const shown = entries.length < files.length ? `${entries.length} of them` : 'all of them';
  const { words, texts } = onImages(withoutNetwork(), { path: root, split: null, imageCount: files.length });
  const subtitle = `${words.join(' - ')}, ${shown}${autoOrient ? ', rotated upright' : ', as stored'}`;
  return encodePng(renderContactSheet({ title: className, subtitle, entries }), { ...texts, Class: className });
}
