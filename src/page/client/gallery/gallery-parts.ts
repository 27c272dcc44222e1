// What the views of the gallery work with.

import type { GalleryData } from '../../gallery/gallery-data.js';
import type { Ramps } from '../ramp.js';

/** A small picture in the page. */
export interface ThumbnailPicture {
  /** data:image/jpeg;base64,... */
  src: string;
  width: number;
  height: number;
}

export interface GalleryParts {
  data: GalleryData;
  /** one an entry */
  thumbnails: readonly ThumbnailPicture[];
  ramps: Ramps;
}

/**
 * The pictures of the list that is shown without a script: to a browser with one it is text, which costs nothing until somebody
 * looks at the gallery.
 */
export function readThumbnails(list: string): ThumbnailPicture[] {
  const pictures = list.matchAll(/<img src="(data:image\/jpeg;base64,[\w+/=]+)" width="(\d+)" height="(\d+)"/g);
  return Array.from(pictures, ([, src = '', width, height]) => ({ src, width: Number(width), height: Number(height) }));
}
