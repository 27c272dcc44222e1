// The view in which two images, or two networks, stand beside each other; the page's script fills it.

import { html } from './markup.js';
import { written } from './texts/en-written.js';

export function renderCompare() {
  const content = html`<section class="view" id="compare" aria-labelledby="compare-title">
<h1 id="compare-title">${written.compare.title}</h1>
<noscript><p class="notice">${written.compare.noScript}</p></noscript>
<div class="stage"></div>
</section>
`;
  return { id: 'compare', title: written.views.compare, content };
}
