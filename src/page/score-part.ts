// How a score came about, as tables and drawings that need no script.

import { formatFixed, formatNumber, formatSignificant } from '../base/numbers.js';
import { placesFor, roundTerms } from '../base/round-terms.js';
import { formatShare } from './format.js';
import { html, type Markup } from './markup.js';
import type { ClassScore, ScoreSummary, ScoreTerm } from './score/summary.js';
import { drawSigmoid } from './sigmoid.js';
import { written } from './texts/en-written.js';

/** Decimal places of scores at least, so that what is printed is right to a thousandth. */
const PLACES = 4;

/** @param summary null where the scores do not come from a dense layer @param id of the section @param predicted the class that the network chose, and its probability */
export function renderScore(
  summary: ScoreSummary | null,
  id: string,
  predicted: { className: string; probability: number },
): Markup {
  const heading = html`<h2 id="${id}-title">${written.score.title(formatShare(predicted.probability, predicted.probability), predicted.className)}</h2>`;
  if (summary === null) {
    return html`<section class="score" id="${id}" aria-labelledby="${id}-title">${heading}
<p class="notice">${written.score.noDense}</p></section>`;
  }
  const { scores, link, layer, before, isTurned, otherClass = '' } = summary;
  const turned = isTurned ? ` ${written.score.turned(otherClass, scores[0]?.className ?? '')}` : '';
  return html`<section class="score" id="${id}" aria-labelledby="${id}-title">${heading}
<p class="lead">${written.score.lead(layer, before)} ${written.score.rounding}${turned}</p>
${scores.map((score, index) => renderTerms(score, { summary, isOpen: index === 0 }))}
${link === 'sigmoid' ? renderSigmoid(summary) : undefined}
${summary.shares && renderShares(summary)}
</section>`;
}

function renderTerms(score: ClassScore, { summary, isOpen }: { summary: ScoreSummary; isOpen: boolean }): Markup {
  const named = [...score.terms, ...score.against];
  const products = [...named.map(({ value, weight }) => value * weight), score.rest.sum, score.bias ?? 0];
  const { terms, sum, format } = roundTerms(products, Math.max(PLACES, placesFor(products)));
  // The rest is a sum of many: beside it no single product would be seen.
  const largest = Math.max(...products.toSpliced(named.length, 1).map(Math.abs)) || 1;
  const isSpread = score.rest.count > 1 && Math.abs(score.rest.sum) > largest;
  const other = summary.otherClass;
  const row = (term: ScoreTerm, index: number) =>
    renderRow({
      name: written.score.unit(term.unit),
      working: written.score.product(formatNumber(term.value), formatNumber(term.weight)),
      text: format(terms[index] as number),
      width: (term.value * term.weight) / largest,
    });
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="${written.score.termsOf(score.className)}"><table class="products">
<thead><tr><th scope="col">${written.score.from(summary.before)}</th><th scope="col">${written.score.working}</th><th scope="col" class="amount">${written.score.adds}</th><td></td></tr></thead>
<tbody>${named.map(row)}
${score.rest.count > 0 ? renderRow({ name: written.score.rest(score.rest.count), text: format(terms[named.length] as number) }) : undefined}
${score.bias === null ? undefined : renderRow({ name: written.score.bias, text: format(terms[named.length + 1] as number), width: score.bias / largest })}</tbody>
<tfoot><tr><th scope="row">${written.score.score(score.className)}</th><td></td><td class="amount">${format(sum)}</td><td></td></tr></tfoot>
</table></div>
<p class="caption">${written.score.signs(score.className, other)}${isSpread ? ` ${written.score.spread(score.rest.count, format(terms[named.length] as number))}` : ''}</p>`;
  return html`<details${isOpen ? openAttribute : undefined}><summary>${written.score.score(score.className)}: ${format(sum)}</summary>
${table}</details>
`;
}

const openAttribute = html` open`;

interface Row {
  name: string;
  working?: string;
  text: string;
  /** -1..1 */
  width?: number;
}

function renderRow({ name, working = '', text, width }: Row): Markup {
  return html`<tr><th scope="row">${name}</th><td>${working}</td><td class="amount">${text}</td><td>${width === undefined ? undefined : drawSigned(width)}</td></tr>
`;
}

function drawSigned(width: number): Markup {
  const size = Number((50 * Math.abs(width)).toFixed(2));
  return html`<svg class="signed" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
<rect class="${width < 0 ? 'against' : 'for'}" x="${width < 0 ? 50 - size : 50}" width="${size}" height="1"/></svg>`;
}

function renderSigmoid({ scores, otherClass }: ScoreSummary): Markup {
  return html`<div class="curves-of-scores">${scores.map(({ className, score }) => {
    const probability = 1 / (1 + Math.exp(-score));
    const sentence = written.score.sigmoid(className, formatFixed(score, PLACES), formatFixed(probability, PLACES));
    const other =
      otherClass === undefined ? '' : ` ${written.score.otherwise(otherClass, formatFixed(1 - probability, PLACES))}`;
    return html`<figure>${drawSigmoid(score, written.score.axis(className), sentence)}<figcaption>${sentence}${other}</figcaption></figure>
`;
  })}</div>`;
}

function renderShares({ shares = [], others }: ScoreSummary): Markup {
  const all = [...shares.map(({ share }) => share), others?.share ?? 0];
  // Where no class reaches 1 %: as many places as distinguish them.
  const placesOf = (values: readonly number[]) => Math.max(PLACES, placesFor(values));
  const rounded = roundTerms(all, placesOf(shares.map(({ share }) => share)));
  const scorePlaces = placesOf(shares.map(({ score }) => score));
  const row = (
    name: string,
    score: string,
    power: number,
    index: number,
  ) => html`<tr><th scope="row"><bdi>${name}</bdi></th>
<td class="amount">${score}</td><td class="amount">${formatSignificant(power, 4)}</td><td class="amount">${rounded.format(rounded.terms[index] as number)}</td>
<td><svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${Number((100 * (all[index] as number)).toFixed(2))}" height="1"/></svg></td></tr>
`;
  return html`<h3>${written.score.softmaxTitle}</h3><p class="lead">${written.score.softmax}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${written.score.softmaxTitle}"><table class="shares">
<thead><tr><th scope="col">${written.score.class}</th><th scope="col" class="amount">${written.score.scoreColumn}</th><th scope="col" class="amount">${written.score.power}</th><th scope="col" class="amount">${written.score.share}</th><td></td></tr></thead>
<tbody>${shares.map(({ className, score, power }, index) => row(className, formatFixed(score, scorePlaces), power, index))}
${others && row(written.score.others(others.count), '', others.power, shares.length)}</tbody>
</table></div>`;
}
