// What the channels do on a whole folder of images.

import { formatPercent } from '../base/numbers.js';
import type { ChannelReport, LayerMetrics } from '../channels/report.js';
import { html, type Markup } from './markup.js';
import type { ChannelReportData, ReportedChannels } from './page-data.js';
import { written } from './texts/en-written.js';

/** What the channels do on a whole folder of images: the verdict, and a row of numbers for each layer. */
export function renderChannelReport({ data, verdict, layers }: ChannelReport): Markup {
  const [folder] = data.path.split(/[\\/]/).filter(Boolean).slice(-1);
  return html`<section class="over-images" aria-labelledby="over-images">
<h2 id="over-images">${written.channelReport.title(data.imageCount)}</h2>
<p class="lead">${written.channelReport.lead} <bdi>${folder ?? data.path}</bdi>.</p>
<ul class="verdict">${verdict.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>
<div class="scroll" tabindex="0" role="group" aria-labelledby="over-images"><table>
<thead><tr>${written.channelReport.heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${layers.map(renderRow)}</tbody>
</table></div>
</section>`;
}

function renderRow({ name, ...layer }: LayerMetrics): Markup {
  return html`<tr><th scope="row">${name}</th><td>${drawShare(layer.sparsity)}</td><td>${drawShare(layer.silentFraction)}</td>
<td>${layer.deadCount}</td><td>${layer.nearlyDeadCount}</td><td>${layer.saturatedCount}</td>
<td>${layer.separation === null ? '' : layer.separation.best.toFixed(2)}</td></tr>
`;
}

function drawShare(fraction: number): Markup {
  const width = Number((100 * fraction).toFixed(2));
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="1"/></svg>
<span>${formatPercent(fraction)}</span>`;
}

/** What the page's script knows of it. */
export function collectChannelReport({ data, classes, layers }: ChannelReport): ChannelReportData {
  return {
    imageCount: data.imageCount,
    classes: classes.map(({ className, imageCount }) => ({ className, imageCount })),
    layers: Object.fromEntries(layers.map((layer) => [layer.name, collectChannels(layer, classes.length)])),
  };
}

function collectChannels({ channels }: LayerMetrics, classCount: number): ReportedChannels {
  const shorten = (value: number | null | undefined) => (value == null ? null : Number(value.toPrecision(4)));
  const told = channels.map(({ tells, classes }) => (tells === null ? undefined : classes[tells]));
  return {
    state: channels.map(({ state }) => state),
    tells: channels.map(({ tells }) => tells),
    auc: told.map((metrics) => shorten(metrics?.auc)),
    effectSize: told.map((metrics) => shorten(metrics?.effectSize)),
    firing: channels.map(({ firingImageFraction }) => Number(firingImageFraction.toPrecision(4))),
    classFiring: Array.from({ length: classCount }, (_, index) =>
      channels.map(({ classes }) => shorten(classes[index]?.firingImageFraction)),
    ),
  };
}
