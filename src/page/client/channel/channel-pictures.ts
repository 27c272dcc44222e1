// A channel's patches and its dream, or how to get them.

import { formatNumber } from '../../../base/numbers.js';
import type { PicturesData } from '../../pictures-data.js';
import { texts } from '../../texts/en.js';
import { create } from '../dom.js';

/** @param pools the layer that a max pooling pools: its patches are the same */
export function showPictures(
  { patches, dreams }: PicturesData,
  { layer, pools = layer }: { layer: string; pools: string | undefined },
  channel: number,
): HTMLElement[] {
  const isOurs = (each: { layer: string; channel: number }) => each.layer === layer && each.channel === channel;
  const isPooled = (each: { layer: string; channel: number }) => each.layer === pools && each.channel === channel;
  return [showPatches(patches.find(isPooled), pools, channel), showDream(dreams.find(isOurs), layer, channel)];
}

function showPatches(found: PicturesData['patches'][number] | undefined, layer: string, channel: number): HTMLElement {
  const section = create('section', { className: 'patches' }, create('h3', {}, texts.channelView.patches));
  if (found === undefined) {
    section.append(
      create('p', {}, `${texts.channelView.noPatches} ${texts.channelView.patchesCommand(layer, channel)}`),
    );
    return section;
  }
  const values = found.values.map((value, index) => {
    const className = found.classNames[index];
    return className == null ? formatNumber(value) : `${formatNumber(value)} (${className})`;
  });
  const words = texts.channelView.patchesOf(values.length, values.join(', '));
  section.append(
    create('img', { src: address(found.jpeg), alt: texts.channelView.patches }),
    create('p', { className: 'caption' }, words),
  );
  return section;
}

function showDream(found: PicturesData['dreams'][number] | undefined, layer: string, channel: number): HTMLElement {
  const section = create('section', { className: 'dream' }, create('h3', {}, texts.channelView.dream));
  if (found === undefined) {
    section.append(create('p', {}, `${texts.channelView.noDream} ${texts.channelView.dreamCommand(layer, channel)}`));
    return section;
  }
  const words = texts.channelView.dreamOf(formatNumber(found.reached));
  section.append(
    create('img', { src: address(found.jpeg), alt: texts.channelView.dream }),
    create('p', { className: 'caption' }, words),
  );
  return section;
}

const address = (base64: string) => `data:image/jpeg;base64,${base64}`;
