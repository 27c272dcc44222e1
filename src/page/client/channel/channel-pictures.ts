// A channel's patches and its dream, or how to get them.

import { formatNumber } from '../../../base/numbers.js';
import type { DreamData, PicturesData } from '../../pictures-data.js';
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

function showDream(found: DreamData | undefined, layer: string, channel: number): HTMLElement {
  const section = create('section', { className: 'dream' }, create('h3', {}, texts.channelView.dream));
  if (found === undefined) {
    section.append(create('p', {}, `${texts.channelView.noDream} ${texts.channelView.dreamCommand(layer, channel)}`));
    return section;
  }
  const image = create('img', { src: address(found.jpeg), alt: texts.channelView.dream });
  const failure = describeFailure(found);
  if (failure === undefined) section.append(image);
  else section.append(create('p', { className: 'alarm' }, failure), image);
  section.append(create('p', { className: 'caption' }, describeDream(found)));
  return section;
}

/** Why a picture is no finding. */
function describeFailure({ began, exceeds }: DreamData): string | undefined {
  if (!began) return texts.channelView.dreamNeverBegan;
  return exceeds === false ? texts.channelView.dreamFailed : undefined;
}

function describeDream({ reached, highest }: DreamData): string {
  const words = texts.channelView;
  const compared = highest === null ? words.dreamAlone : words.dreamHighest(formatNumber(highest));
  return `${words.dreamOf(formatNumber(reached))} ${compared}`;
}

const address = (base64: string) => `data:image/jpeg;base64,${base64}`;
