// The page of a run that a server follows: the training epoch by epoch, and what the network makes of each image of its film.

import type { PageAssets } from '../assets.js';
import { html, jsonElement, type Markup } from '../markup.js';
import { describePolicy, renderHead, renderTail } from '../page.js';
import type { ReportSummary } from '../summary.js';
import { texts } from '../texts/en.js';
import { written } from '../texts/en-written.js';
import type { RunState } from '../time/time-data.js';
import { renderTime } from '../time-part.js';
import type { FilmPage, FilmPageImage } from './film-page.js';

/**
 * @param name of the run's folder
 * @param film undefined where the run has none, or none yet
 * @returns policy: what the page may load and run, for its server's headers
 */
export function renderLivePage(
  run: RunState,
  { name, film, assets }: { name: string; film: FilmPage | undefined; assets: PageAssets },
): { page: string; policy: string } {
  const policy = describePolicy(assets, "connect-src 'self'");
  const images = film?.images ?? [];
  const entry = { id: 'image-1', title: images.length === 1 ? written.views.image : written.views.images };
  const views = [{ id: 'time', title: written.views.time }, ...(images.length > 0 ? [entry] : [])];
  const page = [
    renderHead(name, views, assets, { policy }),
    renderTime({ run, frames: [], leftOut: 0 }, true).text,
    ...images.map((image, index) => renderFilmImage(image, index + 1, film as FilmPage).text),
    renderTail(summarize(run, name, film), assets),
  ];
  return { page: page.join(''), policy: `${policy}; frame-ancestors 'none'` };
}

function summarize({ classNames }: RunState, name: string, film: FilmPage | undefined): ReportSummary {
  const { height = 0, width = 0, fit = 'stretch', normalization } = film?.preprocessing ?? {};
  return {
    ...{ model: { name, parameterCount: film?.parameterCount ?? 0 }, classNames, network: film?.network ?? [] },
    preprocessing: { height, width, fit, order: normalization?.order ?? 'rgb' },
    ...{ computations: [], pictures: { patches: [], dreams: [] }, training: null, versions: [], isFilm: true },
  };
}

/** The places that the page's script fills, epoch by epoch. */
function renderFilmImage({ name, picture }: FilmPageImage, number: number, { probe }: FilmPage): Markup {
  const id = `image-${number}`;
  return html`<section class="view image" id="${id}" aria-labelledby="${id}-name">
<div class="hero">
<figure><img class="photograph" src="${picture}" width="${probe.width}" height="${probe.height}" alt="${texts.time.imageOf(name)}"></figure>
<div class="verdict"><h1 id="${id}-name" class="name"><bdi>${name}</bdi></h1>
<div class="prediction"></div></div>
</div>
<div class="of-epoch"></div>
<div class="network"></div>
<div class="stage"></div>
<p class="caption not-in-film">${texts.film.more}</p>
<noscript><p class="notice">${written.time.noScript}</p></noscript>
${jsonElement('image-data', { name, probabilities: [], layers: [] })}
</section>
`;
}
