// The part of the page about a training over its epochs.

import { html, jsonElement, Markup } from './markup.js';
import { texts } from './texts/en.js';
import { written } from './texts/en-written.js';
import type { RunCurves, RunState, TimeFrame, TimeSummary } from './time/time-data.js';

/** @param isLive a server sends frames and what comes after this */
export function renderTime({ run, frames, leftOut }: TimeSummary, isLive = false): Markup {
  const live = isLive ? new Markup(' data-live') : undefined;
  const thinned = leftOut > 0 ? written.time.thinned(run.frames.length, run.frames.length + leftOut) : undefined;
  return html`<section class="view time" id="time"${live} aria-labelledby="time-title">
<h1 class="view-title" id="time-title">${texts.time.title}</h1>
<p class="run-status" role="status"></p>
${thinned && html`<p class="lead">${thinned}</p>`}
<div class="time-content"></div>
<noscript><p class="notice">${written.time.noScript}</p></noscript>
${isLive ? undefined : renderTable(run, frames)}
${jsonElement('run-state', run)}
${frames.map((frame) => new Markup(frameElement(frame)))}
</section>`;
}

function frameElement(frame: TimeFrame): string {
  return jsonElement('time-frame', frame).text.replace('<script ', `<script data-epoch="${frame.epoch}" `);
}

const columns = ['loss', 'accuracy', 'validationLoss', 'validationAccuracy'] as const;

/** All numbers, for who cannot see curves, or has no script. */
function renderTable({ history, images, classNames, done }: RunState, frames: readonly TimeFrame[]): Markup {
  const shown = columns.filter((name) => history[name] !== undefined);
  const predictions = new Map(frames.map(({ epoch, images: all }) => [epoch, all.map((each) => each.probabilities)]));
  const rows = Array.from({ length: done + 1 }, (_, epoch) => epoch).filter((epoch) => epoch > 0 || predictions.has(0));
  return html`<details class="time-table"><summary>${texts.time.table}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${texts.time.table}"><table>
<thead><tr><th scope="col">${texts.time.columns.epoch}</th>${shown.map((name) => html`<th scope="col">${texts.time.columns[name]}</th>`)}
${images.map(({ name }) => html`<th scope="col"><bdi>${name}</bdi></th>`)}</tr></thead>
<tbody>${rows.map(
    (
      epoch,
    ) => html`<tr><th scope="row">${epoch}</th>${shown.map((name) => html`<td>${formatMetric(history, name, epoch)}</td>`)}
${images.map((_, image) => html`<td>${formatPrediction(predictions.get(epoch)?.[image], classNames)}</td>`)}</tr>
`,
  )}</tbody>
</table></div></details>`;
}

function formatMetric(history: RunCurves, name: (typeof columns)[number], epoch: number): string {
  return history[name]?.[epoch - 1]?.toFixed(4) ?? '';
}

function formatPrediction(probabilities: readonly number[] = [], classNames: readonly string[]): string {
  if (probabilities.length === 0) return '';
  const probability = Math.max(...probabilities);
  const index = probabilities.indexOf(probability);
  return texts.time.predicted(classNames[index] ?? String(index), probability);
}
