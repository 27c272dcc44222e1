// Draws where in a picture of the sample set its parts are.

import { createRaster, type Raster } from '../base/raster.js';
import type { Animal } from './animal.js';
import { drawBody } from './body.js';
import { type Brush, black, white } from './brush.js';
import { closeGaps, type PictureMask } from './close-gaps.js';
import { drawPicture, drawTwin } from './draw-picture.js';
import { placeAt } from './geometry.js';
import { drawHead } from './head.js';
import type { Palette } from './parameters.js';
import { type PictureKey, type Scene, setScene } from './scene.js';
import { drawTail } from './tail.js';

/**
 * What masks there are: the animal without its shadow; of it the head, and what is seen of the tail; and where the picture and
 * its twin differ, with gaps of up to 4 pixels closed.
 */
export type MaskName = 'animal' | 'head' | 'tail' | 'difference';

/** Gaps of twice as many pixels are closed: twins have the same fur between eyes, nose and ears. */
const closed = 2;

/** Draws the masks of a picture; one without a twin has no difference. */
export function drawMasks(key: PictureKey, palette: Palette, size: number): Partial<Record<MaskName, PictureMask>> {
  const scene = setScene(key, palette, size);
  const difference = drawDifference(key, palette, size);
  return {
    animal: drawPart(scene, (body, head, animal) => {
      drawBody({ ...body, silhouette: white }, animal);
      drawHead({ ...head, silhouette: white }, animal);
    }),
    head: drawPart(scene, (_, head, animal) => drawHead({ ...head, silhouette: white }, animal)),
    tail: drawPart(scene, (body, head, animal) => {
      if (animal.pose === 'portrait') return;
      drawTail({ ...body, silhouette: white }, animal);
      drawBody({ ...body, silhouette: black }, animal, { tail: false });
      drawHead({ ...head, silhouette: black }, animal);
    }),
    ...(difference && { difference }),
  };
}

/** What `draw` leaves white on black. */
function drawPart(
  { raster: { width, height }, animal, transform }: Scene,
  draw: (body: Brush, head: Brush, animal: Animal) => void,
): PictureMask {
  const raster = createRaster(width, height, black);
  draw({ raster, transform }, { raster, transform: placeAt(transform, 0, 0, 1, animal.headTilt) }, animal);
  return toMask(raster, (_, offset) => raster.data[offset] as number);
}

function drawDifference(key: PictureKey, palette: Palette, size: number): PictureMask | undefined {
  const twin = drawTwin(key, palette, size)?.data;
  if (twin === undefined) return undefined;
  const picture = drawPicture(key, palette, size);
  const differs = (data: Uint8ClampedArray, offset: number) =>
    [0, 1, 2].some((part) => data[offset + part] !== twin[offset + part]);
  return closeGaps(
    toMask(picture, (data, offset) => (differs(data, offset) ? 255 : 0)),
    closed,
  );
}

function toMask(
  { width, height, data }: Raster,
  cover: (data: Uint8ClampedArray, offset: number) => number,
): PictureMask {
  return { width, height, values: Uint8Array.from({ length: width * height }, (_, pixel) => cover(data, pixel * 4)) };
}
