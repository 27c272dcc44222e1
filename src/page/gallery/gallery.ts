// All images of a page: what is right and wrong, where the evidence usually lies, and a small picture of each.

import { dataAddress, html, jsonElement, type Markup } from '../markup.js';
import { texts } from '../texts/en.js';
import { written } from '../texts/en-written.js';
import { renderAverages } from './averages.js';
import { renderConfusions } from './confusions.js';
import type { EntryData, GalleryData } from './gallery-data.js';
import type { GalleryEntry, GallerySummary } from './gallery-summary.js';

/** A section that shows every image without a script; the script makes of it what can be filtered and sorted. */
export function renderGallery(gallery: GallerySummary): Markup {
  const { entries, evidence, evaluated, classNames } = gallery;
  const count = (is: (entry: EntryData) => boolean) => entries.filter(({ data }) => is(data)).length;
  const counts = {
    all: entries.length,
    right: count(({ truth, predicted }) => truth === predicted),
    wrong: count(({ truth, predicted }) => truth !== undefined && truth !== predicted),
    full: count(({ full }) => full !== undefined),
  };
  const lead = evaluated
    ? written.gallery.evaluated(entries.length, evaluated.imageCount, evaluated.split)
    : written.gallery.lead(counts);
  return html`<section class="view gallery" id="all" aria-labelledby="all-title">
<h1 id="all-title">${written.gallery.title}</h1>
<p class="lead">${lead}${evidence && ` ${written.gallery.maps(evidence.layerName)}`}</p>
<div class="overview">
${renderConfusions(gallery)}
${renderAverages(gallery)}
</div>
<div class="browse"></div>
<noscript class="entries"><ol class="entries">
${entries.map((entry) => renderEntry(entry, classNames))}</ol></noscript>
<p class="lead">${written.gallery.labels}</p>
${jsonElement('gallery-data', galleryData(gallery))}
</section>
`;
}

function renderEntry({ data, thumbnail }: GalleryEntry, classNames: readonly string[]): Markup {
  const { width, height, bytes } = thumbnail;
  const { name, predicted, truth, probabilities, full } = data;
  const verdict = texts.gallery.verdict(classNames[predicted] ?? '', probabilities[0]?.[1] ?? 0);
  const checked =
    truth === undefined
      ? undefined
      : truth === predicted
        ? texts.gallery.right
        : texts.gallery.wrong(classNames[truth] ?? '');
  const label = html`<bdi>${name}</bdi>`;
  return html`<li><img src="${dataAddress('image/jpeg', bytes)}" width="${width}" height="${height}" alt="">
${full === undefined ? label : html`<a href="#image-${full}">${label}</a>`} <span>${[verdict, checked].filter(Boolean).join(', ')}</span></li>
`;
}

function galleryData({ classNames, entries, evidence }: GallerySummary): GalleryData {
  return {
    classNames,
    shapes: evidence?.shapes ?? [],
    limit: Math.max(0, ...entries.map(({ data }) => data.map?.limit ?? 0)),
    entries: entries.map(({ data }) => data),
  };
}
