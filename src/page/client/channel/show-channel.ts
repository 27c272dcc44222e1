// The view of one channel with a map, and of one unit without.

import { formatNumber, formatSigned } from '../../../base/numbers.js';
import { texts } from '../../texts/en.js';
import { addressOf } from '../address.js';
import { valuesOf } from '../computation/holdings.js';
import { create } from '../dom.js';
import { halfStep, type LayerMaps } from '../layer-maps.js';
import { paintChannel } from '../paint.js';
import { captionOf } from './caption.js';
import type { ChannelJob } from './channel-job.js';
import { showPictures } from './channel-pictures.js';
import { createPanel } from './computation-panel.js';
import type { Geometry, Place } from './crosshair.js';
import { describeNumbers } from './describe-numbers.js';
import { createHead } from './head.js';
import { createPair, strongestCell } from './pair.js';
import { createScales } from './scales.js';

/** A channel that is shown. */
export interface ShownChannel {
  /** the one that is looked at; undefined of a unit, which has none */
  cell(): Place | undefined;
}

/** @param cell the one to be looked at; default: the one with the largest value */
export async function showChannel(view: HTMLElement, job: ChannelJob, cell: Place | undefined): Promise<ShownChannel> {
  const { page, image, about, channel, data } = job;
  const maps = await readMaps(job);
  if (maps === undefined) {
    view.append(createHead(job), create('p', { className: 'notice' }, texts.film.unread(about.name)));
    return { cell: () => cell };
  }
  const values = valuesOf(maps);
  const geometry = geometryOf(job);
  const panel = createPanel(job);
  const layer = page.data.network.find(({ name }) => name === about.name);
  const isInput = layer?.kind === 'InputLayer';
  // Nothing computes the input: it is the image. A film knows values alone.
  const isComputed = !isInput && !page.data.isFilm;
  const { src } = image.photograph;
  const [width, height] = ['width', 'height'].map((name) => Number(image.photograph.getAttribute(name)));
  let looked: Place | undefined;
  const look = (at: Place) => {
    looked = at;
    pair.show(at);
    if (isComputed) void panel.show({ channel, ...at });
  };
  const scales = createScales(maps, channel, page.ramps, () => pair.paint());
  const pair = createPair({
    ...{ layer: about.name, channel, values, geometry, look, isInput },
    accuracy: accuracyOf(maps, channel, isInput),
    photograph: { src, width: width as number, height: height as number },
    paint: (canvas) => paintChannel(canvas, { maps, number: channel, scale: scales.scale }, page.ramps),
    keep(at) {
      look(at);
      // A step of the crosshair is no step for Back.
      page.router.stay(addressOf(image.section.id, about.name, channel, `${at.x},${at.y}`));
    },
  });
  const isInside = cell && cell.x >= 0 && cell.y >= 0 && cell.x < about.width && cell.y < about.height;
  look(isInside ? cell : strongestCell(values, channel));
  const numbers = describeNumbers(about, channel, image.data.contributionTo);
  view.append(
    createHead(job),
    pair.element,
    create('p', { className: 'caption keys' }, texts.channelView.keys),
    ...(isComputed ? [panel.element] : []),
    create('div', { className: 'reading' }, scales.element, ...(isInput ? [] : [describeInWords(job, maps)]), numbers),
    ...(isComputed ? showPictures(data.pictures, { layer: about.name, pools: layer?.pools }, channel) : []),
  );
  return { cell: () => looked };
}

/** Those of a film may be out of reach. */
async function readMaps({ page, image, about }: ChannelJob): Promise<LayerMaps | undefined> {
  const reading = image.readLayer(about.name);
  return page.data.isFilm ? reading.catch(() => undefined) : reading;
}

/** What is known of the channel, in sentences. */
function describeInWords({ page, image, about, channel }: ChannelJob, maps: LayerMaps): HTMLElement {
  const { network, channelReport: report } = page.data;
  const { contributionTo } = image.data;
  const layer = network.find(({ name }) => name === about.name);
  const inputShape = network[0]?.shape ?? [];
  const sentences = layer ? captionOf({ about: layer, maps, number: channel, inputShape, contributionTo, report }) : [];
  return create('div', { className: 'sentences' }, ...sentences.map((sentence) => create('p', {}, sentence)));
}

function geometryOf({ page, about }: ChannelJob): Geometry {
  const [input, ...layers] = page.data.network;
  const [inputHeight = 1, inputWidth = 1] = input?.shape ?? [];
  const field = layers.find(({ name }) => name === about.name)?.field;
  return { field, width: about.width, height: about.height, inputWidth, inputHeight };
}

/** How far the values of a map may be from what the network computed. */
function accuracyOf({ channels }: LayerMaps, channel: number, isInput: boolean): number {
  const map = channels[channel];
  return map === undefined || isInput ? 0 : halfStep(map);
}

/** A unit has one value, and that is computed. */
export async function showUnit(view: HTMLElement, job: ChannelJob): Promise<ShownChannel> {
  const { page, image, about, channel } = job;
  const panel = createPanel(job);
  if (!page.data.isFilm) await panel.show({ channel, x: 0, y: 0 });
  const value = formatNumber(about.units?.[channel] ?? Number.NaN);
  const part = about.contribution?.[channel];
  const { contributionTo = '' } = image.data;
  const ofClass = about.probabilityOf?.[channel];
  view.append(
    createHead(job),
    create('p', { className: 'cell-reading' }, texts.channelView.unitReading(channel, value)),
    ...(ofClass === undefined ? [] : [create('p', {}, texts.layer.probabilityOf([ofClass]))]),
    ...(part === undefined ? [] : [create('p', {}, texts.layer.contributes(formatSigned(part), contributionTo))]),
    ...(page.data.isFilm ? [] : [panel.element]),
  );
  return { cell: () => undefined };
}
