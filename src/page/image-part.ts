// The part of the page about one image.

import { formatPercent } from '../base/numbers.js';
import { renderEvidence } from './evidence.js';
import { renderLayers } from './layers.js';
import { dataAddress, html, type Markup } from './markup.js';
import type { PagePart } from './page.js';
import type { ImageSummary } from './summary.js';

/** Classes that are listed with their probabilities. */
const classesAtMost = 6;

/**
 * What a report says of one image: the image and the prediction, where the evidence lies, and what
 * every layer sees.
 *
 * @param number of the image in the report, from 1
 */
export function renderImagePart(image: ImageSummary, number: number): PagePart {
  const id = `image-${number}`;
  const classes = image.classes.toSorted((a, b) => b.probability - a.probability);
  const prediction = describePrediction(classes[0], image.trueClass);
  const photograph = dataAddress('image/jpeg', image.photograph);
  const content = html`<article class="image" id="${id}" aria-labelledby="${id}-name">
<section class="hero">
<figure><img class="photograph" src="${photograph}" width="${image.width}" height="${image.height}" alt="the image ${image.name}"></figure>
<div class="verdict">
<h1 id="${id}-name" class="name"><bdi>${image.name}</bdi></h1>
${renderVerdict(classes, image.trueClass)}
</div>
</section>
${renderEvidence(image, photograph, id)}
${renderLayers(image, id)}
</article>
`;
  return { id, name: image.name, prediction, content };
}

type Classes = ImageSummary['classes'];

function describePrediction(predicted: Classes[number] | undefined, trueClass: string | undefined): string {
  if (predicted === undefined) return 'no prediction';
  const words = `${predicted.className}, ${formatPercent(predicted.probability)}`;
  if (trueClass === undefined) return words;
  return `${words}, ${predicted.className === trueClass ? 'right' : `WRONG: the folder says ${trueClass}`}`;
}

function renderCorrectness(predicted: Classes[number], trueClass: string | undefined): Markup | undefined {
  if (trueClass === undefined) return undefined;
  if (predicted.className === trueClass) return html`<p class="correctness">Right: the folder says so too.</p>`;
  return html`<p class="correctness"><strong>Wrong:</strong> the folder says <bdi>${trueClass}</bdi>.</p>`;
}

function renderVerdict(classes: Classes, trueClass: string | undefined): Markup {
  const [predicted] = classes;
  if (predicted === undefined) return html`<p class="notice">This network does not output class scores.</p>`;
  const more = classes.length - classesAtMost;
  return html`<p class="predicted"><bdi>${predicted.className}</bdi> <span>${formatPercent(predicted.probability)}</span></p>
${renderCorrectness(predicted, trueClass)}
<ul class="probabilities" aria-label="Probability of each class">
${classes.slice(0, classesAtMost).map(renderProbability)}
</ul>
${more > 0 ? html`<p class="more">and ${more} more classes</p>` : undefined}`;
}

function renderProbability({ className, probability }: Classes[number]): Markup {
  const width = Number((100 * probability).toFixed(2));
  return html`<li><bdi>${className}</bdi>
<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="1"/></svg>
<span>${formatPercent(probability)}</span></li>
`;
}
