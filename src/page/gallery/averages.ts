// The average evidence for each class, drawn with the cells where images have their strongest.

import { findCellEnds } from '../../base/cell-places.js';
import type { Color } from '../../base/raster.js';
import { getColormap } from '../../rendering/colormap.js';
import { evidencePlace } from '../../rendering/evidence-scale.js';
import { html, type Markup } from '../markup.js';
import { texts } from '../texts/en.js';
import { type Averaged, averages } from '../texts/en-averages.js';
import {
  type AverageEvidence,
  type CellLine,
  findStrongestLine,
  imagesAtLeast,
  isBeyondChance,
} from './average-evidence.js';
import type { MapShape } from './gallery-data.js';
import type { GalleryEvidence, GallerySummary } from './gallery-summary.js';

/** Classes that are drawn: those with the most images. */
const drawnAtMost = 12;

/** Side of a picture in its own units. */
const side = 280;

/** A map for each class, all on one scale. */
export function renderAverages({ evidence }: Pick<GallerySummary, 'evidence'>): Markup | undefined {
  if (evidence === undefined || evidence.averages.length === 0) return undefined;
  const drawn = evidence.averages.toSorted((a, b) => b.imageCount - a.imageCount).slice(0, drawnAtMost);
  const limit = Math.max(...drawn.flatMap(({ mean }) => Array.from(mean.values, Math.abs)));
  return html`<div class="averages"><h2>${averages.title}</h2>
<p class="lead">${describeAverages(evidence)}</p>
<div class="average-maps">
${drawn.map((average) => renderAverage(average, limit, evidence))}
</div></div>`;
}

function describeAverages({ hasOneScore, leftOutCount }: GalleryEvidence): string {
  const { lead, oneScore, leftOut } = averages;
  return [lead, ...(hasOneScore ? [oneScore] : []), ...(leftOutCount > 0 ? [leftOut(leftOutCount)] : [])].join(' ');
}

function renderAverage(average: AverageEvidence, limit: number, { shapes, hasOneScore }: GalleryEvidence): Markup {
  const { className, imageCount } = average;
  const line = findStrongestLine(average);
  const over = { imageCount, isOfPredicted: !hasOneScore };
  const sentence = describePlace(average, line, over);
  const remark = isBeyondChance(line, average) ? ` ${averages.placeCounts}` : '';
  const shape = shapes[0] as MapShape;
  return html`<figure>
<svg class="average" viewBox="0 0 ${side} ${side}" role="img" aria-label="${texts.gallery.mapOf(className)}: ${sentence}">
${drawCells(average, shape, limit)}</svg>
<figcaption><bdi>${averages.averageOf(className, over)}</bdi> <span>${sentence}${remark}</span></figcaption>
</figure>
`;
}

function describePlace({ className, imageCount }: AverageEvidence, line: CellLine, over: Averaged): string {
  if (line.imageCount === 0) return averages.noEvidence(className, over);
  if (imageCount < imagesAtLeast) return averages.tooFew(className, over);
  return averages.strongest(className, { inLine: line.imageCount, over }, line);
}

function drawCells(
  { mean: { width, values }, strongest }: AverageEvidence,
  { cells }: MapShape,
  limit: number,
): Markup[] {
  const [columns, rows] = [findCellEnds(cells.columns), findCellEnds(cells.rows)];
  const ramp = getColormap('coolwarm').colors;
  return Array.from(values, (value, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const [left, right] = [place(columns[x]), place(columns[x + 1])];
    const [top, bottom] = [place(rows[y]), place(rows[y + 1])];
    const color = ramp[evidencePlace(value, limit)] as Color;
    const count = strongest[at] as number;
    const label =
      count > 0 &&
      html`<text x="${round((left + right) / 2)}" y="${round((top + bottom) / 2)}" font-size="${round(Math.min(22, (bottom - top) * 0.6))}" fill="${readableOn(color)}">${count}</text>`;
    return html`<rect x="${round(left)}" y="${round(top)}" width="${round(right - left)}" height="${round(bottom - top)}" fill="rgb(${color.join(' ')})"/>${label || undefined}
`;
  });
}

/** On the picture; cells may reach beyond the image. */
function place(share = 0): number {
  return side * Math.min(1, Math.max(0, share));
}

const round = (value: number) => Number(value.toFixed(2));

/** Black or white, whichever is easier to read there. */
function readableOn(color: Color): string {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  // Relative luminance, as WCAG 2 defines it: black and white have the same contrast at 0.179.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff';
}
