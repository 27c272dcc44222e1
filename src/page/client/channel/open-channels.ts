// Single channels and units: `#image-3/conv2d_2/17`, and one cell of them `#image-3/conv2d_2/17/4,5`.

import type { ComputationsData } from '../../kernels/data.js';
import type { PicturesData } from '../../pictures-data.js';
import { isSamePlace } from '../address.js';
import { openWeights } from '../computation/holdings.js';
import { holdingsOf } from '../computation/image-holdings.js';
import { create, readData } from '../dom.js';
import type { Page } from '../page.js';
import { putOnStage } from '../stage.js';
import type { ChannelData } from './channel-job.js';
import { listenToKeys } from './head.js';
import { type ShownChannel, showChannel, showUnit } from './show-channel.js';

/** Shows a channel or a unit of an image: each cell of it as it is computed. */
export function openChannels(page: Page): void {
  let data: ChannelData | undefined;
  let shown: ShownChannel | undefined;
  page.router.onPlace(async (place, from) => {
    const image = page.imageAt(place);
    const [layer, number, cell] = place.parts;
    if (image === undefined || layer === undefined || number === undefined) return;
    data ??= readChannelData();
    const channel = Number(number);
    const about = image.findLayer(layer);
    const count = about?.units?.length ?? about?.min.length ?? 0;
    // Its values may be gone while it is looked at.
    if (about === undefined || !(channel >= 0 && channel < count)) return putOnStage(image, create('div'));
    const values = image.data;
    const isAgain = from !== undefined && isSamePlace(place, from);
    const holdings = holdingsOf(image, page.data, data);
    const view = create('section', { className: 'channel-view', tabIndex: -1 });
    view.dataset.channel = number;
    view.setAttribute('aria-labelledby', 'channel-title');
    const job = { page, image, about, channel, data, holdings };
    const next =
      about.units !== undefined
        ? await showUnit(view, job)
        : await showChannel(view, job, (isAgain ? shown?.cell() : undefined) ?? readCell(cell));
    // Somebody may have gone on meanwhile, or the image may have other values.
    if (!isSamePlace(place, page.router.place()) || image.data !== values) return;
    shown = next;
    listenToKeys(view, job);
    putOnStage(image, view);
    if (!isAgain) view.focus();
  });
}

function readChannelData(): ChannelData {
  const computations = readData<ComputationsData>(document.body, 'computations-data');
  const pictures = readData<PicturesData>(document.body, 'pictures-data');
  return { computations, pictures, readWeights: openWeights(document.body, computations) };
}

/** `4,5`: column and row. */
function readCell(text: string | undefined): { x: number; y: number } | undefined {
  const [x, y] = (text ?? '').split(',').map(Number);
  return Number.isInteger(x) && Number.isInteger(y) ? { x: x as number, y: y as number } : undefined;
}
