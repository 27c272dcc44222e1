import { expect, test } from 'vitest';
import type { Plane } from '../../src/base/plane.js';
import { type Raster, rasterFromPixels } from '../../src/base/raster.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { type FilmLayer, measureFilmFrame, renderFilmFrame, renderFilmStrip } from '../../src/rendering/film.js';

const plane = (...values: number[]): Plane => ({ width: 2, height: 2, values: Float32Array.from(values) });

/** Channel 0 goes from 0 to 5, channel 1 from 0 to 15; at each epoch for itself both fill less. */
const epochs = [
  [plane(0, 0, 1, 2), plane(0, 2, 4, 5)],
  [plane(2, 2, 3, 5), plane(4, 4, 6, 15)],
];

const film = (change: Partial<FilmLayer> = {}): FilmLayer => ({
  title: 'conv2d_1 of cat',
  photograph: rasterFromPixels(new Uint8Array(12), 2, 2, 3),
  subtitles: ['before the training', 'epoch 1 of 1, val_acc 0.712: golden_retrievers_and_relatives 0.8312'],
  ranges: [
    { min: 0, max: 5 },
    { min: 0, max: 15 },
  ],
  ...{ isShared: false, hasConstant: false, colormap: 'viridis', columns: 2, tile: 40, ...change },
});

/** Whether somewhere in the picture a tile of 2 x 2 squares shows these parts of the scale, 0..1, row by row. */
function shows(raster: Raster, parts: readonly number[]): boolean {
  const side = 20;
  const { packed } = getColormap('viridis');
  const wanted = parts.map((part) => packed[Math.round(part * 255)]);
  const pixels = new Uint32Array(raster.data.buffer, raster.data.byteOffset, raster.width * raster.height);
  const at = (x: number, y: number) => pixels[y * raster.width + x];
  for (let y = 0; y + 2 * side <= raster.height; y++) {
    for (let x = 0; x + 2 * side <= raster.width; x++) {
      const corners = [
        at(x, y),
        at(x + 2 * side - 1, y),
        at(x, y + 2 * side - 1),
        at(x + 2 * side - 1, y + 2 * side - 1),
      ];
      const inner = [at(x + 19, y + 19), at(x + 20, y + 19), at(x + 19, y + 20), at(x + 20, y + 20)];
      if ([corners, inner].every((four) => four.every((color, index) => color === wanted[index]))) return true;
    }
  }
  return false;
}

const parts = (values: Plane, max: number) => [...values.values].map((value) => value / max);

test.each([
  ['each channel has a scale', false, [5, 15]],
  ['all channels have one scale', true, [15, 15]],
] as const)('%s, the same at every epoch', (_, isShared, maxima) => {
  const layer = film({ isShared });
  for (const [epoch, planes] of epochs.entries()) {
    const picture = renderFilmFrame(layer, planes, epoch);
    planes.forEach((each, channel) => {
      expect(shows(picture, parts(each, maxima[channel] as number)), `epoch ${epoch}, #${channel}`).toBe(true);
    });
  }
  const rows = [0, 1].map((channel) => ({ channel, planes: epochs.map((planes) => planes[channel] as Plane) }));
  const strip = renderFilmStrip(layer, rows, { epochs: ['0', '1'], subtitle: 'both' });
  for (const { channel, planes } of rows) {
    for (const each of planes) expect(shows(strip, parts(each, maxima[channel] as number))).toBe(true);
  }
});

test('pictures of a film are of one size, known beforehand, however much there is to say of an epoch', () => {
  const layer = film();
  const expected = measureFilmFrame(layer, { width: 2, height: 2 });
  for (const [epoch, planes] of epochs.entries()) {
    const { width, height } = renderFilmFrame(layer, planes, epoch);
    expect({ width, height }).toEqual(expected);
  }
});
