// What a channel is called, and the ways to its neighbors and back.

import { texts } from '../../texts/en.js';
import { addressOf } from '../address.js';
import { create } from '../dom.js';
import { inputChannelName } from '../input-channels.js';
import type { ChannelJob } from './channel-job.js';

export function createHead(job: ChannelJob): HTMLElement {
  const { image, about, channel, page } = job;
  const layer = page.data.network.find(({ name }) => name === about.name);
  const color = inputChannelName(page.data, about.name, channel);
  const titleOf = about.units === undefined ? texts.channel.title : texts.channelView.unitTitle;
  return create(
    'div',
    { className: 'head' },
    create(
      'h2',
      { id: 'channel-title' },
      color === undefined ? titleOf(about.name, channel) : texts.channelView.inputTitle(about.name, color),
    ),
    create('p', { className: 'kind' }, [layer?.kind, layer?.shape.join(' × ')].filter(Boolean).join(' ')),
    create(
      'div',
      { className: 'ways' },
      createButton('‹', texts.channel.previous, () => stepChannel(job, -1)),
      createButton('›', texts.channel.next, () => stepChannel(job, 1)),
      create(
        'a',
        { href: addressOf(image.section.id, about.name) },
        (about.units ? texts.channelView.backToUnits : texts.channel.back)(about.name),
      ),
    ),
  );
}

/** Goes to a neighbor, around both ends; that is no step for Back. */
function stepChannel({ page, image, about, channel }: ChannelJob, by: number): void {
  const count = about.units?.length ?? about.min.length;
  page.router.go(addressOf(image.section.id, about.name, (channel + by + count) % count), { replace: true });
}

/** Arrow keys lead to the neighbors, Escape back to the layer. */
export function listenToKeys(view: HTMLElement, job: ChannelJob): void {
  view.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) stepChannel(job, by);
    else if (event.key === 'Escape') job.page.router.back(addressOf(job.image.section.id, job.about.name));
    else return;
    event.preventDefault();
  });
}

function createButton(text: string, label: string, act: () => void): HTMLButtonElement {
  const button = create('button', { type: 'button', className: 'step', onclick: act }, text);
  button.setAttribute('aria-label', label);
  return button;
}
