// The part of the page about one image.

import { renderEvidence } from './evidence.js';
import { formatShare, isTied } from './format.js';
import type { PageImageData } from './image-data.js';
import { encodeLayers } from './layers.js';
import { dataAddress, html, jsonElement, type Markup } from './markup.js';
import type { NetworkLayerData } from './page-data.js';
import { renderScore } from './score-part.js';
import type { ImageSummary } from './summary.js';
import { texts } from './texts/en.js';
import { written } from './texts/en-written.js';

/** An image's part of the page, and what a list of images says of it. */
export interface PagePart {
  /** of its element */
  id: string;
  name: string;
  /** in words */
  prediction: string;
  content: Markup;
}

/** Classes that are listed with their probabilities. */
const classesAtMost = 6;

/**
 * What a report says of one image: the image and the prediction, where the evidence lies, and what every layer sees. With a
 * script it is a view of its own; `network` and `stage` are filled by it. What stands in a `noscript` is one text to a browser with
 * a script, which costs nothing until the image is opened.
 *
 * @param number of the image in the report, from 1
 * @param options isOther: what another network makes of it, which is no view of its own
 */
export function renderImagePart(
  image: ImageSummary,
  number: number,
  { network, exact, isOther = false }: { network: readonly NetworkLayerData[]; exact: boolean; isOther?: boolean },
): PagePart {
  const id = `${isOther ? 'other' : 'image'}-${number}`;
  const classes = image.classes.toSorted((a, b) => b.probability - a.probability);
  const [predicted] = classes;
  const prediction = describePrediction(classes, image.trueClass);
  const { data: layers, markup } = encodeLayers(image.layers, network, { exact, id });
  const data: PageImageData = {
    name: image.name,
    ...(image.trueClass !== undefined && { trueClass: image.trueClass }),
    probabilities: image.classes.map(({ probability }) => Number(probability.toPrecision(7))),
    ...(predicted && { predicted: predicted.className }),
    ...(image.contributionTo !== undefined && { contributionTo: image.contributionTo }),
    layers,
  };
  const photograph = dataAddress('image/jpeg', image.photograph);
  const alt = written.image.photograph(image.name, prediction);
  const content = html`<section class="${isOther ? 'other image' : 'view image'}" id="${id}" aria-labelledby="${id}-name">
<noscript class="body"><div class="hero">
<figure><img class="photograph" src="${photograph}" width="${image.width}" height="${image.height}" alt="${alt}"></figure>
<div class="verdict">
<h1 id="${id}-name" class="name"><bdi>${image.name}</bdi></h1>
${renderVerdict(classes, image.trueClass)}
${image.score && predicted ? linkScore(id, predicted) : undefined}
</div>
</div>
<div class="network"></div>
<div class="stage"></div>
${renderEvidence(image, id)}
${image.score !== undefined && predicted ? renderScore(image.score, `${id}/score`, predicted) : undefined}</noscript>
<noscript><h2>${written.image.layers}</h2><p class="lead">${written.image.layersLead}</p></noscript>
${markup}
${jsonElement('image-data', data)}
</section>
`;
  return { id, name: image.name, prediction, content };
}

function linkScore(id: string, { probability, className }: Classes[number]): Markup {
  return html`<p class="how"><a href="#${id}/score">${written.score.title(formatShare(probability, probability), className)}</a></p>`;
}

type Classes = ImageSummary['classes'];

function describePrediction(classes: Classes, trueClass: string | undefined): string {
  const [predicted] = classes;
  if (predicted === undefined) return texts.image.noPrediction;
  const words = `${predicted.className}, ${formatShare(predicted.probability, predicted.probability)}`;
  if (trueClass === undefined) return words;
  if (isTie(classes)) return `${words}, ${written.image.isTied(trueClass)}`;
  return `${words}, ${predicted.className === trueClass ? written.image.isRight : written.image.isWrong(trueClass)}`;
}

function isTie(classes: Classes): boolean {
  return isTied(classes.map(({ probability }) => probability));
}

function renderCorrectness(classes: Classes, trueClass: string | undefined): Markup | undefined {
  if (trueClass === undefined) return undefined;
  if (isTie(classes)) return html`<p class="correctness">${texts.image.tied(trueClass)}</p>`;
  if (classes[0]?.className === trueClass) return html`<p class="correctness">${texts.image.right(trueClass)}</p>`;
  return html`<p class="correctness"><strong>${texts.image.wrong}</strong> ${texts.image.folderSays} <bdi>${trueClass}</bdi>.</p>`;
}

function renderVerdict(classes: Classes, trueClass: string | undefined): Markup {
  const [predicted] = classes;
  if (predicted === undefined) return html`<p class="notice">${texts.image.noScores}</p>`;
  const more = classes.length - classesAtMost;
  return html`<p class="predicted"><bdi>${predicted.className}</bdi> <span>${formatShare(predicted.probability, predicted.probability)}</span></p>
${renderCorrectness(classes, trueClass)}
<ul class="probabilities" aria-label="${texts.image.probabilities}">
${classes.slice(0, classesAtMost).map((each) => renderProbability(each, predicted))}
</ul>
${more > 0 ? html`<p class="more">${texts.image.moreClasses(more)}</p>` : undefined}`;
}

function renderProbability({ className, probability }: Classes[number], largest: Classes[number]): Markup {
  const width = Number((100 * probability).toFixed(2));
  return html`<li><bdi>${className}</bdi>
<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="1"/></svg>
<span>${formatShare(probability, largest.probability)}</span></li>
`;
}
