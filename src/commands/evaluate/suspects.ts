// The images whose label looks wrong: in words, as a table and as a contact sheet.

import { basename } from 'node:path';
import { formatAmount, formatCount } from '../../base/counts.js';
import { formatCsv } from '../../base/csv.js';
import { decodePicture } from '../../dataset/decode/decode.js';
import type { ResultFile } from '../../output/activation-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import { renderContactSheet, SHEET_CELL } from '../../rendering/contact-sheet.js';
import { encodePng } from '../../rendering/png.js';
import type { EvaluateResult } from './result.js';

/** What the list of suspects says before its first image: how many there are, and whose mistakes they may be. */
export function describeSuspects({ suspects = [], imageCount, accuracy }: EvaluateResult): [string, string] {
  const images = formatAmount(imageCount, 'image');
  const percent = (100 * accuracy).toFixed(1);
  return [
    `${formatCount(suspects.length)} of ${images} whose label the network finds least probable`,
    `the network agrees with ${percent} % of the labels`,
  ];
}

/** The suspects as a table and a contact sheet. @throws CnnvizError BAD_IMAGE for an image that is gone */
export async function drawSuspects(
  result: EvaluateResult,
  { words, texts }: PictureSource,
  autoOrient: boolean,
): Promise<ResultFile[]> {
  const { suspects = [] } = result;
  const [title, subtitle] = describeSuspects(result);
  const entries = [];
  for (const { path, trueClass, trueProbability, predictedClass, probability } of suspects) {
    entries.push({
      picture: await decodePicture(path, SHEET_CELL, autoOrient),
      lines: [
        `label ${trueClass} ${trueProbability.toFixed(4)}`,
        `network ${predictedClass} ${probability.toFixed(4)}`,
        basename(path),
      ],
    });
  }
  const sheet = renderContactSheet({ title, subtitle: [...words, subtitle].join(' - '), entries });
  const rows = suspects.map(({ path, trueClass, trueProbability, predictedClass, probability }, index) => [
    ...[index + 1, path, trueClass, trueProbability],
    ...[predictedClass, probability],
  ]);
  const header = ['rank', 'path', 'label', 'label probability', 'predicted class', 'predicted probability'];
  return [
    { name: 'suspects.png', content: encodePng(sheet, texts) },
    { name: 'suspects.csv', content: new TextEncoder().encode(formatCsv([header, ...rows])) },
  ];
}
