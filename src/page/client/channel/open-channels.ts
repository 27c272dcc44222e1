// The place of one channel.

import { texts } from '../../texts/en.js';
import { addressOf, isSamePlace } from '../address.js';
import { drawChannelBar } from '../channel-bar.js';
import { create, find } from '../dom.js';
import type { LayerMaps } from '../layer-maps.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { paintChannel } from '../paint.js';
import type { ScaleName } from '../scale.js';
import { createScaleChoice } from '../scale-choice.js';
import { captionOf } from './caption.js';
import { describeNumbers } from './describe-numbers.js';

/** A channel that is looked at, and how. */
interface ShownChannel {
  image: PageImage;
  maps: LayerMaps;
  number: number;
  page: Page;
  settings: { scale: ScaleName };
}

/** Shows a channel of an image at `#image-1/LAYER/17`: large, with its scale and its numbers, its neighbors an arrow key away. */
export function openChannels(page: Page): void {
  const settings: ShownChannel['settings'] = { scale: 'strength' };
  page.router.onPlace(async (place) => {
    const image = page.imageAt(place);
    const [name = '', channel = '', ...more] = place.parts;
    if (image?.hasMaps(name) !== true || channel === '' || more.length > 0) return;
    const maps = await image.readLayer(name);
    const number = Number(channel);
    // Somebody may have gone on meanwhile.
    if (maps.channels[number] === undefined || !isSamePlace(place, page.router.place())) return;
    const view = showChannel({ image, maps, number, page, settings });
    find(image.section, '.stage').replaceChildren(view);
    view.focus();
  });
}

function showChannel({ image, maps, number, page, settings }: ShownChannel): HTMLElement {
  const { name } = maps.layer;
  const words = texts.channel;
  const count = maps.channels.length;
  const step = (by: number) =>
    page.router.go(addressOf(image.section.id, name, (number + by + count) % count), { replace: true });
  const canvas = create('canvas', { className: 'map' });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', words.map(number));
  const bar = create('div', { className: 'color-bar' });
  const paint = () => {
    const painted = { maps, number, scale: settings.scale };
    paintChannel(canvas, painted, page.ramps);
    drawChannelBar(bar, painted, page.ramps);
  };
  const scales = createScaleChoice('channel-scale', settings.scale, (scale) => {
    settings.scale = scale;
    paint();
  });
  const captions = sayOf({ image, maps, number, page }).map((sentence) => create('p', {}, sentence));
  const { contributionTo } = image.data;
  const back = create('a', { className: 'back', href: addressOf(image.section.id, name) }, `‹ ${words.back(name)}`);
  const view = create(
    'section',
    { className: 'channel', tabIndex: -1 },
    create('div', { className: 'head' }, create('h2', { id: 'channel-title' }, words.title(name, number)), back),
    create(
      'div',
      { className: 'map-place' },
      createButton('‹', words.previous, () => step(-1)),
      canvas,
      createButton('›', words.next, () => step(1)),
    ),
    create(
      'div',
      { className: 'reading' },
      ...captions,
      bar,
      scales,
      describeNumbers(maps.layer, number, contributionTo),
    ),
  );
  view.setAttribute('aria-labelledby', 'channel-title');
  view.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) step(by);
    else if (event.key === 'Escape') page.router.go(addressOf(image.section.id, name));
    else return;
    event.preventDefault();
  });
  paint();
  return view;
}

/** What is known of the channel, in sentences. */
function sayOf({ image, maps, number, page }: Omit<ShownChannel, 'settings'>): string[] {
  const { network, channelReport: report } = page.data;
  const about = network.find(({ name }) => name === maps.layer.name);
  const { contributionTo } = image.data;
  return about === undefined
    ? []
    : captionOf({ about, maps, number, inputShape: network[0]?.shape ?? [], contributionTo, report });
}

function createButton(text: string, label: string, act: () => void): HTMLButtonElement {
  const button = create('button', { type: 'button', className: 'step', onclick: act }, text);
  button.setAttribute('aria-label', label);
  return button;
}
