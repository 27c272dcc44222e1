// The map of each class over the image.

import { type CellPlaces, findCellEnds } from '../base/cell-places.js';
import { formatNumber, formatPercent } from '../base/numbers.js';
import type { Color } from '../base/raster.js';
import { getColormap } from '../rendering/colormap.js';
import { evidenceColor, evidenceOpacity, evidencePlace } from '../rendering/evidence-scale.js';
import { encodeIndexedPng } from '../rendering/indexed-png.js';
import type { EvidenceData } from './image-data.js';
import { dataAddress, html, jsonElement, Markup } from './markup.js';
import type { ClassMapSummary, EvidenceSummary, ImageSummary } from './summary.js';
import { written } from './texts/en-written.js';

/** The map of each class, which the script lays over the image to be faded in and out together, and the one scale of all. */
export function renderEvidence({ evidence, width, height }: ImageSummary, id: string): Markup {
  const heading = html`<h2 id="${id}-evidence">${written.evidence.title}</h2>`;
  if ('problem' in evidence) {
    return html`<section class="evidence" aria-labelledby="${id}-evidence">${heading}
<p class="notice">${evidence.problem}</p></section>`;
  }
  const { title, layerName, cells, cellsSentence, maps, caution } = evidence;
  const data = evidenceData(evidence);
  const sentences = [...maps.flatMap((map) => [map.sentence, describeEven(map)]), caution].filter(
    (each) => each !== undefined,
  );
  return html`<section class="evidence" aria-labelledby="${id}-evidence">${heading}
<p class="lead">${title} ${written.evidence.at} <code>${layerName}</code>: ${written.evidence.lead} ${cellsSentence}.</p>
<div class="class-maps">
${maps.map((map) => renderMap(map, data.limit, { width, height, cells }))}
</div>
<p class="caption still">${written.evidence.noScript}</p>
${sentences.map(
  (sentence) => html`<p class="sentence">${sentence}</p>
`,
)}
<div class="evidence-scale">
<label class="fade" hidden>${written.evidence.fade} <input type="range" min="0" max="100" value="100" step="1"></label>
<div class="color-bar"></div>
</div>
${jsonElement('evidence-data', data)}
</section>`;
}

/** Of the value that is farthest from 0: what the cells of a map may differ by and still look alike. */
const hardly = 0.2;

/** A word of caution where a map is of one color: nothing in the image stands out. */
function describeEven({ className, shown: { values } }: ClassMapSummary): string | undefined {
  if (values.length < 2 || !values.every(Number.isFinite)) return undefined;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (largest === 0 || high - low > hardly * largest) return undefined;
  return written.evidence.even(className, formatNumber(low), formatNumber(high));
}

/** An image's size in pixels, and where the cells of its maps lie on it. */
interface Frame {
  width: number;
  height: number;
  cells: CellPlaces;
}

function renderMap(map: ClassMapSummary, limit: number, frame: Frame): Markup {
  const { className, probability, score, isPredicted, role } = map;
  const about = written.evidence.about(formatPercent(probability), formatNumber(score), role);
  const label = written.evidence.mapOf(className, map.sentence);
  return html`<figure${isPredicted ? new Markup(' class="is-predicted"') : undefined}>
<div class="overlay" data-label="${label}">${drawCells(paintCells(map, limit), label, frame)}</div>
<figcaption><bdi>${className}</bdi> <span>${about}</span></figcaption>
</figure>
`;
}

/** Where the cells lie on the image, without the image, which is on the page once: for those who have no script. */
function drawCells(png: Uint8Array, label: string, { width, height, cells }: Frame): Markup {
  const [columns, rows] = [findCellEnds(cells.columns), findCellEnds(cells.rows)];
  const round = (value: number) => Number(value.toFixed(2));
  const [left, right] = [columns[0], columns.at(-1)].map((end) => round((end as number) * width)) as [number, number];
  const [top, bottom] = [rows[0], rows.at(-1)].map((end) => round((end as number) * height)) as [number, number];
  return html`<svg class="cells" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"><rect width="${width}" height="${height}" fill="#fff"/>
<image href="${dataAddress('image/png', png)}" x="${left}" y="${top}" width="${round(right - left)}" height="${round(bottom - top)}" preserveAspectRatio="none"/></svg>`;
}

/** The cells alone, a pixel each, over white. */
function paintCells({ shown: { width, height, values } }: ClassMapSummary, limit: number): Uint8Array {
  const ramp = getColormap('coolwarm').colors;
  const palette = ramp.map((_, place): Color => {
    const opacity = evidenceOpacity(place);
    const color = ramp[evidenceColor(place)] as Color;
    const [red, green, blue] = color.map((part) => Math.round(255 + (part - 255) * opacity)) as [
      number,
      number,
      number,
    ];
    return [red, green, blue];
  });
  const indexes = Uint8Array.from(values, (value) => evidencePlace(Number.isFinite(value) ? value : 0, limit));
  return encodeIndexedPng({ width, height, indexes, palette });
}

function evidenceData({ maps, cells, smooth }: EvidenceSummary): EvidenceData {
  let [low, high] = [0, 0];
  for (const value of maps.flatMap(({ shown }) => Array.from(shown.values)).filter(Number.isFinite)) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return {
    limit: Math.max(-low, high),
    hasNegative: low < 0,
    cells,
    smooth,
    // JSON turns NaN and infinities into null.
    maps: maps.map(({ shown: { width, height, values } }) => ({
      width,
      height,
      values: Array.from(values, (value) => Number(value.toPrecision(6))),
    })),
  };
}
