// The whole page, and what it may load and run.

import type { Color } from '../base/raster.js';
import { getColormap } from '../rendering/colormap.js';
import { colors } from '../rendering/style.js';
import type { PageAssets } from './assets.js';
import { renderChannelReport } from './channel-report.js';
import { html, jsonElement, Markup } from './markup.js';
import type { PageData } from './page-data.js';
import { generatorTag } from './report-file.js';
import type { ReportSummary } from './summary.js';
import { renderTraining } from './training.js';

/** What a list of the page's images says of one of them. */
export interface PagePart {
  /** of its element */
  id: string;
  name: string;
  /** in words */
  prediction: string;
  content: Markup;
}

/**
 * The whole page as one HTML file. It fetches nothing and may fetch nothing; its own script and style, named by their
 * hashes, are the only ones that it may run.
 */
export async function renderReportPage(
  summary: ReportSummary,
  parts: readonly PagePart[],
  assets: PageAssets,
): Promise<string> {
  const title = parts.length === 1 ? `${parts[0]?.name}: ${parts[0]?.prediction}` : `${parts.length} images`;
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src '${assets.styleHash}'`,
    `script-src '${assets.scriptHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${new Markup(generatorTag)}
<title>${title} · cnnviz</title>
<style>${new Markup(assets.style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="top">
<p class="brand">cnnviz <span>report</span></p>
<button type="button" class="theme" aria-label="Dark colors" aria-pressed="false" hidden>${themeIcon}</button>
</header>
<main id="content">
${parts.length > 1 ? renderContents(parts) : undefined}
${parts.map(({ content }) => content)}
${summary.channelReport && renderChannelReport(summary.channelReport)}
${await renderTraining(summary)}
</main>
<noscript><p class="notice">Single channels, evidence maps and other scales need JavaScript, which is turned off.</p></noscript>
<footer>${summary.versions.map(({ name, value }) => html`<span>${name} ${value}</span> `)}</footer>
<dialog class="channel" aria-labelledby="channel-title"></dialog>
${jsonElement('page-data', pageData())}
<script type="module">${new Markup(assets.script)}</script>
</body>
</html>
`.text;
}

function renderContents(parts: readonly PagePart[]): Markup {
  return html`<nav class="contents" aria-label="Images"><ol>
${parts.map(({ id, name, prediction }) => html`<li><a href="#${id}"><bdi>${name}</bdi></a> <span>${prediction}</span></li>\n`)}
</ol></nav>`;
}

function pageData(): PageData {
  const ramp = (name: 'viridis' | 'coolwarm') => getColormap(name).colors.map(toHex).join('');
  const [dark, light] = colors.nonValue;
  return { ramps: { viridis: ramp('viridis'), coolwarm: ramp('coolwarm') }, nonValue: [toHex(dark), toHex(light)] };
}

function toHex(color: Color): string {
  return color.map((part) => part.toString(16).padStart(2, '0')).join('');
}

/** A disk, half of it filled. */
const themeIcon = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="1.6"/>
<path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor"/></svg>`;
