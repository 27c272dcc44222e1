import { expect, test, vi } from 'vitest';
import { createRaster } from '../../../src/base/raster.js';
import { drawFilmLayer, planFilmLayer } from '../../../src/commands/timelapse/draw-film-layer.js';
import { TIMELAPSE_OPTIONS, type TimelapseSettings } from '../../../src/commands/timelapse/options.js';
import { resolveOptions } from '../../../src/options/resolve.js';
import * as films from '../../../src/rendering/film.js';

const settings = (change: Partial<TimelapseSettings> = {}): TimelapseSettings => ({
  ...resolveOptions(TIMELAPSE_OPTIONS, {}),
  ...change,
});

/** A layer of maps of 2 x 2, after some epochs. */
function layerFilm(channelCount: number, epochs: number, epochCount = epochs) {
  const frames = Array.from({ length: epochs }, (_, epoch) => ({
    ...{ name: 'conv2d_1', kind: 'Conv2D', height: 2, width: 2, isMap: true },
    channels: Array.from({ length: channelCount }, () => ({
      min: 0,
      max: 1 + epoch,
      codes: Uint8Array.of(0, 9, 99, 254),
    })),
  }));
  const words = frames.map((_, epoch) => ({ name: String(epoch), words: `epoch ${epoch} of ${epochCount}` }));
  const photograph = createRaster(2, 2, [0, 0, 0]);
  return { position: 1, frames, epochs: words, epochCount, photograph, about: ' of cat', texts: {} };
}

test('an animation that is larger than WebP can be is a PNG only, and that is said', async () => {
  const onEvent = vi.fn();
  const tall = settings({ columns: 1, tile: 512, rows: 1, onEvent });
  const { files } = await drawFilmLayer(planFilmLayer(layerFilm(33, 2), tall), tall);
  expect(files.map(({ name }) => name)).toEqual(['01-conv2d_1.apng', '01-conv2d_1-strip.png']);
  const start = 'conv2d_1 only as \\.apng: WebP has at most 16,383 pixels a side, the animation is of ';
  const message = expect.stringMatching(`^${start}[\\d,]+ x 1[\\d,]+ pixels; a smaller --tile or more --columns`);
  expect(onEvent.mock.calls).toEqual([[{ type: 'note', message }]]);
});

test('an animation of too many pixels is refused before it is drawn, with what would fit', () => {
  const film = layerFilm(512, 9);
  const refused = () => planFilmLayer(film, settings({ columns: 32, tile: 512 }));
  expect(refused).toThrow(/^conv2d_1: 9 pictures of 1\d,\d{3} x [\d,]+ pixels are too much for an animation$/);
  expect(refused).toThrow(
    expect.objectContaining({
      code: 'BAD_ARGUMENT',
      hint: 'Show smaller maps (--tile).',
      options: ['frames', 'tile', 'columns'],
    }),
  );
  const many = () => planFilmLayer(layerFilm(64, 900), settings({ tile: 64 }));
  expect(many).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/^Show fewer epochs \(--frames \d+\) or/) }),
  );
  expect(() => planFilmLayer(layerFilm(512, 60), settings())).not.toThrow();
});

test.each([
  [11, 31, '10 of 31 epochs'],
  [4, 31, '4 of 31 epochs'],
  [4, 4, 'a column for each epoch'],
])('a strip of %i epochs of %i says which it shows', async (shown, all, words) => {
  const drawn = vi.spyOn(films, 'renderFilmStrip');
  await drawFilmLayer(planFilmLayer(layerFilm(3, shown, all), settings({ tile: 8 })), settings({ tile: 8 }));
  const [, , { subtitle }] = drawn.mock.calls[0] as Parameters<typeof films.renderFilmStrip>[][0];
  expect(subtitle).toBe(`the 3 of 3 channels that change most, ${words}`);
  drawn.mockRestore();
});
