// The color bar and histogram of channels.

import { nonValueIndex } from '../../rendering/normalize.js';
import { texts } from '../texts/en.js';
import { create } from './dom.js';
import type { Painted } from './paint.js';
import type { Ramp, Ramps } from './ramp.js';
import { labelScale, rampPlaces } from './scale.js';

const histogramHeight = 44;

/** Puts a color bar with its labels into an element: the colors from low to high, the labels at even distances. */
export function drawBar(place: HTMLElement, ramp: Ramp, labels: readonly string[]): void {
  const canvas = create('canvas', { width: 256, height: 1, className: 'ramp' });
  canvas.setAttribute('aria-hidden', 'true');
  const picture = new ImageData(256, 1);
  picture.data.set(ramp);
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  place.replaceChildren(
    canvas,
    create('div', { className: 'labels' }, ...labels.map((text) => create('span', {}, text))),
  );
}

/** The bar of one channel by one scale, with numbers; above it, how often each color occurs. */
export function drawChannelBar(place: HTMLElement, painted: Painted, ramps: Ramps): void {
  const labels = labelScale(painted.scale, painted.maps, painted.number);
  drawBar(place, ramps.viridis, labels);
  if (labels.length > 1) place.prepend(drawHistogram(painted, ramps));
}

function drawHistogram({ maps, number, scale }: Painted, ramps: Ramps): HTMLCanvasElement {
  const canvas = create('canvas', { width: 64, height: histogramHeight, className: 'histogram' });
  canvas.setAttribute('role', 'img');
  canvas.title = texts.scale.histogram;
  canvas.setAttribute('aria-label', texts.scale.histogram);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const places = rampPlaces(scale, maps, number);
  const counts = new Array<number>(64).fill(0);
  for (const step of maps.channels[number]?.steps ?? [])
    if (step !== nonValueIndex) (counts[(places[step] as number) >> 2] as number)++;
  // The root: what is rare is still seen beside the many zeros that a relu leaves.
  const highest = Math.sqrt(Math.max(...counts));
  counts.forEach((count, bin) => {
    const height = Math.ceil((histogramHeight * Math.sqrt(count)) / highest);
    const [red, green, blue] = ramps.viridis.subarray(bin * 16 + 8, bin * 16 + 11);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(bin, histogramHeight - height, 1, height);
  });
  return canvas;
}
