// The page around its views, and what it may load and run.

import type { Color } from '../base/raster.js';
import { getColormap } from '../rendering/colormap.js';
import { colors } from '../rendering/style.js';
import type { PageAssets } from './assets.js';
import { collectChannelReport } from './channel-report.js';
import { renderCompare } from './compare.js';
import { renderComputations } from './computations.js';
import type { PagePart } from './image-part.js';
import { html, jsonElement, Markup } from './markup.js';
import type { PageData } from './page-data.js';
import { generatorTag } from './report-file.js';
import type { ReportSummary } from './summary.js';
import { written } from './texts/en-written.js';
import { renderTime } from './time-part.js';
import { renderTraining } from './training.js';

/** A view of the page: without a script they lie one below the other, with one the address chooses. */
export interface View {
  /** of its element, `<section class="view" id=...>` */
  id: string;
  /** in the navigation */
  title: string;
}

/** A view with what it shows. */
export interface RenderedView extends View {
  content: Markup;
}

/** What the page has besides the images that are shown in full. @param options hasGallery: of all images, so that they need no list */
export async function renderViews(
  summary: ReportSummary,
  parts: readonly Omit<PagePart, 'content'>[],
  { hasGallery = false } = {},
): Promise<RenderedView[]> {
  const { time } = summary;
  return [
    ...(hasGallery || parts.length < 2
      ? []
      : [{ id: 'all', title: written.views.all, content: renderContents(parts) }]),
    ...(parts.length < 2 && summary.against === undefined ? [] : [renderCompare()]),
    ...(time === undefined ? [] : [{ id: 'time', title: written.views.time, content: renderTime(time) }]),
    { id: 'training', title: written.views.training, content: await renderTraining(summary) },
  ];
}

/** What a page may load and run, as a Content-Security-Policy. @param more of a page that a server gives */
export function describePolicy({ styleHash, scriptHash }: PageAssets, ...more: readonly string[]): string {
  return [
    "default-src 'none'",
    'img-src data:',
    `style-src '${styleHash}'`,
    `script-src '${scriptHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    ...more,
  ].join('; ');
}

/**
 * Everything before the views. The page fetches nothing and may fetch nothing; its own script and style, named by their hashes,
 * are the only ones that it may run.
 *
 * @param options tag: says who wrote the page
 */
export function renderHead(
  title: string,
  views: readonly View[],
  assets: PageAssets,
  { policy = describePolicy(assets), tag = '' }: { policy?: string; tag?: string } = {},
): string {
  return html`<!doctype html>
<html lang="${written.page.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${new Markup(generatorTag + tag)}
<title>${title} · cnnviz</title>
<style>${new Markup(assets.style)}</style>
</head>
<body>
<a class="skip" href="#content">${written.page.skip}</a>
<header class="top">
<p class="brand">cnnviz <span>${written.page.kind}</span></p>
<nav class="views" aria-label="${written.page.views}">${views.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}</nav>
<button type="button" class="print" aria-label="${written.page.print}" title="${written.page.print}" hidden>${printIcon}</button>
<button type="button" class="theme" aria-label="${written.page.darkColors}" aria-pressed="false" hidden>${themeIcon}</button>
</header>
<main id="content" tabindex="-1">
`.text;
}

/** Everything after the views. */
export function renderTail(summary: ReportSummary, assets: PageAssets): string {
  return html`</main>
<noscript><p class="notice">${written.page.noScript}</p></noscript>
<footer>${summary.versions.map(({ name, value }) => html`<span>${name} ${value}</span> `)}</footer>
${jsonElement('page-data', pageData(summary))}
${renderComputations(summary.computations)}
${jsonElement('pictures-data', summary.pictures)}
<script type="module">${new Markup(assets.script)}</script>
</body>
</html>
`.text;
}

function renderContents(parts: readonly Omit<PagePart, 'content'>[]): Markup {
  return html`<section class="view" id="all" aria-labelledby="all-title"><h1 class="view-title" id="all-title">${written.views.all}</h1>
<nav class="contents" aria-label="${written.views.all}"><ol>
${parts.map(({ id, name, prediction }) => html`<li><a href="#${id}"><bdi>${name}</bdi></a> <span>${prediction}</span></li>\n`)}
</ol></nav></section>
`;
}

function pageData(summary: ReportSummary): PageData {
  const { model, classNames, preprocessing, network, channelReport, against, isFilm } = summary;
  const ramp = (name: 'viridis' | 'coolwarm') => getColormap(name).colors.map(toHex).join('');
  const [dark, light] = colors.nonValue;
  return {
    ramps: { viridis: ramp('viridis'), coolwarm: ramp('coolwarm') },
    nonValue: [toHex(dark), toHex(light)],
    model: nameModel(model),
    ...{ classNames, network, preprocessing: written.network.preprocessing[preprocessing.fit](preprocessing) },
    inputOrder: preprocessing.order,
    ...(isFilm && { isFilm }),
    ...(channelReport && { channelReport: collectChannelReport(channelReport) }),
    ...(against && { against: { ...against, model: nameModel(against.model) } }),
  };
}

function nameModel({ name, weights }: ReportSummary['model']): PageData['model'] {
  return { name, ...(weights !== undefined && { weights }) };
}

function toHex(color: Color): string {
  return color.map((part) => part.toString(16).padStart(2, '0')).join('');
}

/** A sheet that comes out of a box. */
const printIcon = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6">
<path d="M6 8V2.5h8V8M6 14H2.5V8h15v6H14"/><path d="M6 11.5h8v6H6z"/></svg>`;

/** A disk, half of it filled. */
const themeIcon = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="1.6"/>
<path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor"/></svg>`;
