// The image under the map of each class.

import { formatNumber, formatPercent } from '../base/numbers.js';
import { html, jsonElement, Markup } from './markup.js';
import type { EvidenceData } from './page-data.js';
import type { EvidenceSummary, ImageSummary } from './summary.js';

/** The image under the map of each class, to be faded in and out together, and the one scale of all of them. */
export function renderEvidence({ evidence, width, height }: ImageSummary, photograph: string, id: string): Markup {
  const heading = html`<h2 id="${id}-evidence">Where the evidence lies</h2>`;
  if ('problem' in evidence) {
    return html`<section class="evidence" aria-labelledby="${id}-evidence">${heading}
<p class="notice">${evidence.problem}</p></section>`;
  }
  const { title, layerName, cellsSentence, maps, caution } = evidence;
  const sentences = [...maps.map(({ sentence }) => sentence), caution].filter((each) => each !== undefined);
  return html`<section class="evidence" aria-labelledby="${id}-evidence">${heading}
<p class="lead">${title} at <code>${layerName}</code>: what in the image raises the score of each class. All maps share one
scale. ${cellsSentence}.</p>
<div class="maps">
${maps.map(
  ({
    className,
    probability,
    score,
    isPredicted,
    role,
  }) => html`<figure${isPredicted ? new Markup(' class="is-predicted"') : undefined}>
<div class="overlay"><img src="${photograph}" width="${width}" height="${height}" alt="">
<canvas role="img" aria-label="Evidence for ${className}"></canvas></div>
<figcaption><bdi>${className}</bdi> <span>${formatPercent(probability)}, score ${formatNumber(score)}${role === undefined ? '' : `, ${role}`}</span></figcaption>
</figure>
`,
)}
</div>
${sentences.map(
  (sentence) => html`<p class="sentence">${sentence}</p>
`,
)}
<div class="evidence-scale">
<label class="fade" hidden>Fade <input type="range" min="0" max="100" value="100" step="1"></label>
<div class="color-bar"></div>
</div>
${jsonElement('evidence-data', evidenceData(evidence))}
</section>`;
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
