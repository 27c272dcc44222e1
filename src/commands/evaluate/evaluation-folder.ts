// Its pictures and metrics in a folder.

import { basename, join } from 'node:path';
import { formatCount } from '../../base/counts.js';
import { decodePicture } from '../../dataset/decode/decode.js';
import type { Scores } from '../../evaluation/scores.js';
import type { ResultFile } from '../../output/activation-files.js';
import { drawAssessment } from '../../output/assessment-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import { writeResultsFolder } from '../../output/results-folder.js';
import { renderContactSheet, SHEET_CELL } from '../../rendering/contact-sheet.js';
import { encodePng } from '../../rendering/png.js';
import type { EventListener } from '../shared/events.js';
import { readVersions } from '../shared/versions.js';
import type { ExplainedMistakes } from './explain-mistakes.js';
import { drawMistakeGroups } from './mistake-groups.js';
import type { EvaluateResult } from './result.js';
import { drawSuspects } from './suspects.js';

/**
 * Writes an evaluation's charts, a contact sheet of its worst mistakes and its metrics to a results folder.
 *
 * @param source the network, and the images that it was evaluated on
 * @param autoOrient rotate images as for the network
 * @throws CnnvizError BAD_IMAGE for an image that is gone, NOT_WRITABLE, DISK_FULL
 */
export async function writeEvaluation(
  path: string,
  result: EvaluateResult,
  scores: Scores,
  {
    source,
    autoOrient,
    explained,
    onEvent,
  }: { source: PictureSource; autoOrient: boolean; explained?: ExplainedMistakes; onEvent: EventListener },
): Promise<void> {
  const { files } = await writeResultsFolder(path, async (folder) => {
    const pictures = await drawAssessment(scores, result, result.classNames, source);
    if (result.mistakes.length > 0) pictures.push(await drawMistakes(result, source, autoOrient));
    if (result.suspects !== undefined) pictures.push(...(await drawSuspects(result, source, autoOrient)));
    const groups = explained && (await drawMistakeGroups(explained, source));
    if (groups !== undefined) pictures.push(groups);
    for (const { name, content } of pictures) await folder.write(name, content);
    const provenance = { format: 'cnnviz-evaluation', formatVersion: 1, versions: readVersions() };
    return { ...provenance, ...result, files: pictures.map(({ name }) => name) };
  });
  for (const file of files) onEvent({ type: 'file-written', path: join(path, file) });
}

async function drawMistakes(result: EvaluateResult, source: PictureSource, autoOrient: boolean): Promise<ResultFile> {
  const { mistakes, mistakeCount } = result;
  const entries = [];
  for (const { path, trueClass, predictedClass, probability, trueProbability } of mistakes) {
    entries.push({
      picture: await decodePicture(path, SHEET_CELL, autoOrient),
      lines: [
        `predicted ${predictedClass} ${probability.toFixed(4)}`,
        `true ${trueClass} ${trueProbability.toFixed(4)}`,
        basename(path),
      ],
    });
  }
  const all = mistakeCount === 1 ? 'The only mistake' : `All ${formatCount(mistakeCount)} mistakes, the worst first`;
  const title =
    mistakes.length === mistakeCount ? all : `The worst ${mistakes.length} of ${formatCount(mistakeCount)} mistakes`;
  const sheet = renderContactSheet({
    title,
    subtitle: source.words.join(' - '),
    entries,
  });
  return { name: 'mistakes.png', content: encodePng(sheet, source.texts) };
}
