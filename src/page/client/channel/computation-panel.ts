// How the chosen value is computed, below the pictures of its channel.

import { texts } from '../../texts/en.js';
import type { Cell } from '../computation/cell.js';
import { computeCell } from '../computation/compute-cell.js';
import { type CellContext, showCell } from '../computation/show-cell.js';
import { create } from '../dom.js';
import { inputChannelName } from '../input-channels.js';
import { halfStep } from '../layer-maps.js';
import type { ChannelJob } from './channel-job.js';

/** A panel that shows one value after the other. */
export interface ComputationPanel {
  element: HTMLElement;
  show(cell: Cell): Promise<void>;
}

export function createPanel(job: ChannelJob): ComputationPanel {
  const title = create('h3', {}, texts.computation.title);
  const sentence = create('p', { className: 'said' });
  sentence.setAttribute('aria-live', 'polite');
  const body = create('div', { className: 'body' });
  const element = create('section', { className: 'computation' }, title, sentence, body);
  let latest: Cell | undefined;
  return {
    element,
    async show(cell) {
      latest = cell;
      const computed = await computeCell(job.about.name, cell, job.holdings);
      const context = await readContext(job, cell);
      if (latest !== cell) return;
      const shown = showCell(computed, context);
      sentence.textContent = shown.sentence;
      body.replaceChildren(...shown.parts);
      Object.assign(element.dataset, { cell: `${cell.x},${cell.y}`, stored: String(context.stored.value) });
    },
  };
}

/** What the page knows of the layers around a value. */
async function readContext({ page, image, data, about, holdings }: ChannelJob, cell: Cell): Promise<CellContext> {
  const inputs = data.computations.layers.find(({ name }) => name === about.name)?.inputs ?? [];
  const inputName = page.data.network[0]?.name ?? '';
  const inputNames = inputs.map((name) => (name === '' ? inputName : name));
  const [from = ''] = inputs;
  const nameChannel = (channel: number) => {
    const color = from === '' ? inputChannelName(page.data, '', channel) : undefined;
    return color === undefined ? texts.computation.channelOf(from, channel) : texts.computation.inputChannel(color);
  };
  const maps = image.hasMaps(about.name) ? await image.readLayer(about.name) : undefined;
  const map = maps?.channels[cell.channel];
  const values = await holdings.readValues(about.name);
  const { min, max } = about.overall;
  return {
    ramps: page.ramps,
    inputNames,
    nameChannel,
    nameUnit: (unit) => texts.computation.unitOf(from === '' ? inputName : from, unit),
    stored: {
      value: values?.at(cell) ?? Number.NaN,
      accuracy: map ? halfStep(map) : 0,
      largest: Math.max(Math.abs(min), Math.abs(max)),
    },
  };
}
