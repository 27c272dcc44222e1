// The network, and how it was trained.

import { formatCount } from '../base/counts.js';
import { renderChannelReport } from './channel-report.js';
import { drawCurves } from './curves.js';
import { html, type Markup } from './markup.js';
import type { NamedValue, ReportSummary, TrainingSummary } from './summary.js';
import { written } from './texts/en-written.js';

/** The network and how it was trained: curves, every option, and what its channels do on a folder of images. */
export async function renderTraining({ model, training, channelReport }: ReportSummary): Promise<Markup> {
  const words = written.training;
  const facts: NamedValue[] = [
    { name: training === null ? words.file : words.run, value: model.name },
    { name: words.weights, value: model.weights ?? words.weightsOfFile },
    { name: words.parameters, value: formatCount(model.parameterCount) },
    ...(training?.facts ?? []),
  ];
  return html`<section class="view training" id="training" aria-labelledby="training-title">
<h1 class="view-title" id="training-title">${training === null ? words.untrained : words.title}</h1>
${training === null ? undefined : html`<div class="curves">${await drawCurves(training.curves)}</div>`}
${renderFacts(facts)}
${training === null ? undefined : renderOptions(training.options)}
${channelReport && renderChannelReport(channelReport)}
</section>
`;
}

/** Folded: there are more than fifty. */
function renderOptions(options: TrainingSummary['options']): Markup {
  const summary = written.training.allOptions(options.length);
  return html`<details class="options"><summary>${summary}</summary>${renderFacts(options)}</details>`;
}

function renderFacts(facts: readonly NamedValue[]): Markup {
  return html`<dl class="facts">
${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>\n`)}</dl>`;
}
