// The network, and how it was trained.

import { formatCount } from '../base/counts.js';
import { drawCurves } from './curves.js';
import { html, type Markup } from './markup.js';
import type { NamedValue, ReportSummary } from './summary.js';

/** The network and how it was trained: curves, and every option. */
export async function renderTraining({ model, training }: ReportSummary): Promise<Markup> {
  const facts: NamedValue[] = [
    { name: 'run', value: model.name },
    { name: 'weights', value: model.weights ?? 'from the file' },
    { name: 'parameters', value: formatCount(model.parameterCount) },
  ];
  if (training === null) {
    return html`<section class="training" aria-labelledby="network"><h2 id="network">The network</h2>
${renderFacts(facts.map((fact) => (fact.name === 'run' ? { ...fact, name: 'file' } : fact)))}</section>`;
  }
  return html`<section class="training" aria-labelledby="network"><h2 id="network">How it was trained</h2>
<div class="curves">${await drawCurves(training.curves)}</div>
${renderFacts([...facts, ...training.facts])}
</section>`;
}

function renderFacts(facts: readonly NamedValue[]): Markup {
  return html`<dl class="facts">
${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>\n`)}</dl>`;
}
