// The input of the network for an image of a probe, as a layer like the others.

import { cutIntoPlanes } from '../../activations/capture.js';
import { measurePlanes } from '../../base/plane.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { LayerData } from '../image-data.js';
import { exactSteps } from '../map-steps.js';
import { describeMeasured } from './film-layer.js';
import type { FilmPage } from './film-page.js';

interface FilmInput {
  data: LayerData;
  /** one byte a value, channel by channel: exactly those of the image */
  codes: Uint8Array;
}

/** @param number of the image, from 0 */
export function readFilmInput({ probe, preprocessing, network }: FilmPage, number: number): FilmInput {
  const { width, height, images } = probe;
  const input = toImageFloats((images[number] as (typeof images)[number]).pixels, preprocessing);
  const channelCount = input.length / (width * height);
  const { planes } = cutIntoPlanes({ name: '', shape: [1, height, width, channelCount], values: input });
  const darkest = toImageFloats(new Uint8Array(3), preprocessing);
  const brightest = toImageFloats(new Uint8Array(3).fill(255), preprocessing);
  const measured = planes.map((plane, channel) => {
    const range = { min: darkest[channel] as number, max: brightest[channel] as number };
    return { ...measurePlanes([plane]), ...range, firingFraction: 1 };
  });
  const codes = new Uint8Array(input.length);
  planes.forEach(({ values }, channel) => {
    const { min, max } = measured[channel] as (typeof measured)[number];
    const factor = max === min ? 0 : 255 / (max - min);
    codes.set(
      values.map((value) => Math.round((value - min) * factor)),
      channel * width * height,
    );
  });
  const about = {
    name: network[0]?.name ?? '',
    width,
    height,
    columns: 0,
    steps: planes.map(() => exactSteps),
    caption: '',
  };
  return { data: { ...about, ...describeMeasured(measured) }, codes };
}
