// Which class was taken for which, with a way to the images of each cell.

import { html, type Markup } from '../markup.js';
import { written } from '../texts/en-written.js';
import { countConfusions } from './count-confusions.js';
import type { GallerySummary } from './gallery-summary.js';

/** A table of more classes is wider than a page; the most frequent mistakes say more then. */
const classesAtMost = 12;
const listedAtMost = 20;

/** Shades of a cell: 0 for none of its row, so many for all. */
const shades = 5;

/** The confusion matrix, each of its numbers a link to the images; undefined where no image has a class. */
export function renderConfusions({ classNames, entries, evaluated }: GallerySummary): Markup | undefined {
  const held = countConfusions(
    entries.map(({ data }) => data),
    classNames.length,
  );
  const matrix = evaluated?.confusionMatrix ?? held;
  if (!matrix.some((row) => row.some((count) => count > 0))) return undefined;
  const cells = { classNames, matrix, held };
  return classNames.length <= classesAtMost ? renderTable(cells) : renderList(cells);
}

interface Cells {
  classNames: readonly string[];
  matrix: readonly (readonly number[])[];
  /** images that are on the page */
  held: readonly (readonly number[])[];
}

function renderTable({ classNames, matrix, held }: Cells): Markup {
  const rows = matrix.map((row, truth) => {
    const sum = row.reduce((total, count) => total + count, 0);
    const cells = row.map((count, predicted) => {
      const shade = sum > 0 ? Math.ceil((shades * count) / sum) : 0;
      const content = linkCell(classNames, truth, predicted, count, held[truth]?.[predicted] ?? 0);
      return html`<td class="${truth === predicted ? 'right' : 'wrong'} shade-${shade}">${content}</td>`;
    });
    return html`<tr><th scope="row"><bdi>${classNames[truth]}</bdi></th>${cells}</tr>\n`;
  });
  const columns = classNames.map((name) => html`<th scope="col"><bdi>${name}</bdi></th>`);
  return html`<div class="confusions"><h2 id="confusions">${written.gallery.matrixTitle}</h2>
<p class="lead">${written.gallery.matrixLead}</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="confusions"><table>
<thead><tr><th scope="col">${written.gallery.corner}</th>${columns}</tr></thead>
<tbody>${rows}</tbody>
</table></div></div>`;
}

/** A number that the page has images for leads to them. */
function linkCell(
  classNames: readonly string[],
  truth: number,
  predicted: number,
  count: number,
  heldCount: number,
): Markup {
  if (heldCount === 0) return html`<span>${count}</span>`;
  const label = written.gallery.cell(count, classNames[truth] ?? '', classNames[predicted] ?? '');
  return html`<a href="#all/${truth}-${predicted}" aria-label="${label}">${count}</a>`;
}

function renderList({ classNames, matrix, held }: Cells): Markup {
  const mistakes = matrix.flatMap((row, truth) =>
    row.flatMap((count, predicted) => (truth !== predicted && count > 0 ? [{ truth, predicted, count }] : [])),
  );
  const listed = mistakes.sort((a, b) => b.count - a.count).slice(0, listedAtMost);
  return html`<div class="confusions"><h2>${written.gallery.confusionsTitle}</h2>
<ol>${listed.map(({ truth, predicted, count }) => {
    const number = linkCell(classNames, truth, predicted, count, held[truth]?.[predicted] ?? 0);
    return html`<li>${number} <bdi>${written.gallery.confusion(classNames[truth] ?? '', classNames[predicted] ?? '')}</bdi></li>\n`;
  })}</ol></div>`;
}
