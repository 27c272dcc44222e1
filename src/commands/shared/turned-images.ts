import { readImageTags } from '../../dataset/decode/image-tags.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { readImage } from '../../dataset/decode/read-image.js';
import type { ImageSourceOptions } from '../../dataset/stream/image-source.js';
import type { EventListener } from './events.js';

/** Counts images that are stored rotated while they are decoded. */
export class TurnedImages {
  #count = 0;
  #first: number | undefined;

  /** to be given to an image source */
  readonly onDecoded: NonNullable<ImageSourceOptions['onDecoded']> = (index, { bytes, header }) => {
    if (readImageTags(bytes, header).orientation === 1) return;
    this.#count++;
    this.#first = Math.min(this.#first ?? index, index);
  };

  /** Warns if images were not rotated although their EXIF orientation asks for it. @param paths of all images, by their index */
  warn(paths: readonly string[], { autoOrient }: Pick<Preprocessing, 'autoOrient'>, onEvent: EventListener): void {
    if (autoOrient || this.#first === undefined) return;
    const message = describeTurned(this.#count, paths.length, paths[this.#first] as string);
    onEvent({ type: 'warning', message: `${message}; --auto-orient rotates them upright` });
  }
}

/** The same of a few images that have been shown one by one. */
export function warnOfTurned(
  images: readonly { image: string }[],
  preprocessing: Pick<Preprocessing, 'autoOrient'>,
  onEvent: EventListener,
): void {
  if (preprocessing.autoOrient) return;
  const turned = new TurnedImages();
  for (const [index, { image }] of images.entries()) turned.onDecoded(index, readImage(image));
  turned.warn(
    images.map(({ image }) => image),
    preprocessing,
    onEvent,
  );
}

/** `84 of 100 images are stored turned, as their EXIF data say, and were used as they are stored: such as a.jpg` */
function describeTurned(count: number, total: number, first: string): string {
  const are = count === 1 ? 'is' : 'are';
  const such = count === 1 ? '' : 'for example ';
  return `${count} of ${total} images ${are} stored rotated (EXIF orientation) and used as stored: ${such}${first}`;
}
