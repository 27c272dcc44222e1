// The layers of an image, in order.

import { formatCount } from '../base/counts.js';
import { describeUnitRows } from '../rendering/strip.js';
import { formatOutput } from './format.js';
import { dataAddress, html, jsonElement, type Markup } from './markup.js';
import { encodeSprite } from './sprite.js';
import type { ImageSummary, LayerSummary } from './summary.js';

/** The layers in order, each with the picture of its channels and what it takes to show one large. */
export function renderLayers({ layers, contributionTo }: ImageSummary, id: string): Markup {
  const target = contributionTo === undefined ? undefined : html` data-contribution-to="${contributionTo}"`;
  return html`<section class="layers" id="${id}-layers"${target} aria-labelledby="${id}-layers-title">
<h2 id="${id}-layers-title">What the layers see</h2>
<p class="lead">From the first layer to the last. Every channel shows where in the image it responds.</p>
<div class="choices"><p>Colors range from each channel's minimum, the darkest, to its maximum, the brightest.</p></div>
${layers.map((layer, index) => renderLayer(layer, `${id}-layer-${index + 1}`))}
</section>`;
}

/** What a row of a Flatten's units is, as in the pictures that `activations` writes. */
function describeRows({ flattened }: LayerSummary): Markup | undefined {
  const words = flattened && describeUnitRows(flattened);
  return words ? html`<p class="caption">Here: ${words}</p>\n` : undefined;
}

function renderLayer(layer: LayerSummary, id: string): Markup {
  const { name, kind, shape, parameterCount } = layer;
  const { png, data } = encodeSprite(layer);
  const hasChannels = data.hasChannels;
  const { nonFiniteCount } = layer.overall;
  const count = shape.at(-1) ?? 1;
  const noun = hasChannels ? 'channel' : 'unit';
  return html`<section class="layer" id="${id}" aria-labelledby="${id}-name">
<div class="about">
<h3 id="${id}-name">${name}</h3>
<p class="kind">${kind} <span>${formatOutput(shape)}</span></p>
${describeRows(layer)}<dl>
<div><dt>${noun}s</dt><dd>${formatCount(count)}</dd></div>
${parameterCount > 0 ? html`<div><dt>parameters</dt><dd>${formatCount(parameterCount)}</dd></div>` : undefined}
${nonFiniteCount > 0 ? html`<div class="alarm"><dt>NaN or infinite</dt><dd>${formatCount(nonFiniteCount)}</dd></div>` : undefined}
</dl>
<p class="caption">${layer.caption}</p>
${hasChannels ? html`<button type="button" class="open" aria-expanded="false" aria-controls="${id}-grid" hidden>Show larger</button>` : undefined}
</div>
<div class="grid" id="${id}-grid"><img src="${dataAddress('image/png', png)}" alt="The ${noun}s of ${name}"></div>
${jsonElement('layer-data', data)}
</section>
`;
}
