// The images of a film as places of the page, after the epoch that is looked at.

import { texts } from '../../texts/en.js';
import type { RunState } from '../../time/time-data.js';
import { create, find } from '../dom.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { FilmSource } from './film-source.js';
import { repeatWhileStale } from './repeat-while-stale.js';
import type { RunFeed } from './run-feed.js';
import { showVerdict } from './verdict.js';

interface FilmImage {
  image: PageImage;
  source: FilmSource;
  bar: EpochBar;
}

/** Has every image of the page show what the network made of it after the epoch that is looked at, as epochs come and are chosen. */
export function openFilmImages(page: Page, feed: RunFeed): void {
  const films = new Map(page.images.map((image) => [image.section.id, openFilmImage(image, feed)]));
  page.router.beforePlace((view) => {
    const film = films.get(view);
    return film === undefined || film.source.has(feed.epoch) ? undefined : film.source.load(feed.epoch);
  });
  page.router.onPlace(({ view }) => {
    const film = films.get(view);
    if (film === undefined) return;
    const { image, bar } = film;
    feed.lendPlayer(bar.element);
    showEpoch(film);
    showVerdict(find(image.section, '.prediction'), image.data, page.data.classNames);
  });
  const repaint = repeatWhileStale(async () => {
    const film = films.get(page.router.place().view);
    if (film === undefined || film.source.has(feed.epoch)) return;
    const { data, epoch } = film.source;
    await film.source.load(feed.epoch);
    if (film.source.data !== data || film.source.epoch !== epoch) await page.router.again();
  });
  feed.listen({
    run: (run) => reloadFor(run, feed.source.first),
    epoch() {
      const film = films.get(page.router.place().view);
      if (film !== undefined) showEpoch(film);
      repaint();
    },
    status(sentence) {
      for (const { bar } of films.values()) bar.status(sentence);
    },
  });
}

/** Which epoch an image's data are of, and how to get to the newest. */
function showEpoch({ image, source, bar }: FilmImage): void {
  bar.show(source.epoch, image.data.layers.length > 0);
  image.section.dataset.epoch = String(source.epoch ?? '');
}

/** The page was made for certain images: with others, or the first ones, it is another page. */
function reloadFor(run: RunState, first: RunState): void {
  const shownOf = ({ startedAt, images }: RunState) => JSON.stringify([startedAt, images]);
  const isOther = first.images.length > 0 && run.startedAt !== first.startedAt;
  if (isOther || (run.images.length > 0 && shownOf(run) !== shownOf(first))) location.reload();
}

function openFilmImage(image: PageImage, feed: RunFeed): FilmImage {
  const source = new FilmSource(image.number - 1, feed.source.first.startedAt, image.data);
  image.readFrom(source);
  const bar = createBar(feed);
  find(image.section, '.of-epoch').replaceChildren(bar.element);
  return { image, source, bar };
}

/** Says which epoch an image is shown after, and leads to the others. */
interface EpochBar {
  element: HTMLElement;
  /** @param isWhole whether there is something to show */
  show(epoch: number | undefined, isWhole: boolean): void;
  status(sentence: string): void;
}

function createBar(feed: RunFeed): EpochBar {
  const shown = create('p', { className: 'shown' });
  const newest = create('button', { type: 'button', className: 'newest', onclick: () => feed.goToNewest() });
  // It is gone then.
  newest.addEventListener('click', () => find(feed.player.element, 'input').focus());
  const status = create('p', { className: 'run-status' }, feed.status);
  const which = create('div', { className: 'which' }, shown, newest, status);
  return {
    element: create('div', { className: 'epoch-bar' }, which, create('p', { className: 'caption' }, texts.film.scale)),
    show(epoch, isWhole) {
      const last = feed.player.newest;
      newest.hidden = feed.player.isAtNewest;
      newest.textContent = texts.film.newest(last);
      const words = epoch === undefined ? texts.film.loading : texts.film.shown(epoch, feed.run);
      shown.textContent = isWhole || epoch === undefined ? words : `${words} ${texts.film.unreadable}`;
    },
    status(sentence) {
      if (status.textContent !== sentence) status.textContent = sentence;
    },
  };
}
