// What the channels do on a whole folder of images.

import { formatCount } from '../base/counts.js';
import { formatPercent } from '../base/numbers.js';
import type { ChannelReport, LayerMetrics } from '../channels/report.js';
import { html, type Markup } from './markup.js';

/** What the channels do on a whole folder of images: the verdict, and a row of numbers for each layer. */
export function renderChannelReport({ data, verdict, layers }: ChannelReport): Markup {
  const [folder] = data.path.split(/[\\/]/).filter(Boolean).slice(-1);
  return html`<section class="over-images" aria-labelledby="over-images">
<h2 id="over-images">Over ${formatCount(data.imageCount)} images</h2>
<p class="lead">What every channel did on the images in <bdi>${folder ?? data.path}</bdi>.</p>
<ul class="verdict">${verdict.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>
<div class="scroll" tabindex="0" role="region" aria-labelledby="over-images"><table>
<thead><tr><th scope="col">layer</th><th scope="col">values at 0 or below</th><th scope="col">channels silent on an image</th>
<th scope="col">dead</th><th scope="col">nearly dead</th><th scope="col">saturated</th><th scope="col">best AUC</th></tr></thead>
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
