// The small picture of an image, gray under its map.

import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import { whenSeen } from '../when-seen.js';
import { paintEntryMap } from './entry-map.js';
import type { GalleryParts } from './gallery-parts.js';

/** A picture and the canvas over it, which is painted when it is first seen. @param alt where no text beside it says what it is */
export function createPhotograph(parts: GalleryParts, place: number, alt = ''): HTMLElement {
  const { data, thumbnails, ramps } = parts;
  const entry = data.entries[place];
  const { src = '', width = 1, height = 1 } = thumbnails[place] ?? {};
  const image = create('img', { src, width, height, alt });
  const overlay = create('span', { className: 'overlay' }, image);
  const map = entry?.map;
  if (map === undefined) return overlay;
  const canvas = create('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  overlay.append(canvas);
  whenSeen(canvas, () => paintEntryMap(canvas, map, data, ramps));
  return overlay;
}

/** `cats, 96.0 %` and whether that is right. @param isSmall below a picture that is no wider than a thumb */
export function createVerdict({ data }: GalleryParts, place: number, isSmall = false): HTMLElement[] {
  const entry = data.entries[place];
  if (entry === undefined) return [];
  const nameOf = (index: number) => data.classNames[index] ?? '';
  const { predicted, truth, probabilities } = entry;
  const verdict = create(
    'span',
    { className: 'verdict' },
    texts.gallery.verdict(nameOf(predicted), probabilities[0]?.[1] ?? 0),
  );
  if (truth === undefined) return [verdict];
  const isRight = truth === predicted;
  const checked = isRight ? texts.gallery.right : texts.gallery[isSmall ? 'wrongShort' : 'wrong'](nameOf(truth));
  return [verdict, create('span', { className: isRight ? 'right' : 'wrong' }, checked)];
}
