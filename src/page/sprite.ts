// All maps of a layer as one picture that can be read back.

import { getColormap } from '../rendering/colormap.js';
import { arrangePlaces } from '../rendering/frame.js';
import { encodeIndexedPng } from '../rendering/indexed-png.js';
import { nonValueIndex, normalizeValues, rangeScale } from '../rendering/normalize.js';
import type { ChannelData, LayerData } from './page-data.js';
import type { ChannelSummary, LayerSummary } from './summary.js';

/** Units a row, where none of a Flatten lie in one place. */
const unitsARow = 64;

/** Maps a row of a layer's picture. */
const columnsAtMost = 16;

/**
 * All maps of a layer as one picture, and what it takes to read it: a pixel is the place of its value between its channel's
 * smallest and largest, in 256 steps, and is seen in the ramp's color by whoever shows the picture as it is. A channel can
 * be shown by any scale from that, to 1/256 of its range; what is 0 in a channel above 0 stays 0 exactly.
 */
export function encodeSprite(layer: LayerSummary): { png: Uint8Array; data: LayerData } {
  const { overall } = layer;
  const { width, height } = (layer.channels[0] as ChannelSummary).plane;
  const columns = Math.min(columnsAtMost, layer.channels.length);
  const rows = Math.ceil(layer.channels.length / columns);
  const indexes = new Uint8Array(columns * width * rows * height);
  const channels = layer.channels.map(
    ({ plane, statistics, contribution, caption, overImages }, channel): ChannelData => {
      const places = normalizeValues(plane.values, rangeScale(statistics));
      const origin = Math.floor(channel / columns) * height * columns * width + (channel % columns) * width;
      for (let y = 0; y < height; y++) {
        indexes.set(places.subarray(y * width, (y + 1) * width), origin + y * columns * width);
      }
      const { nonFiniteCount, ...numbers } = statistics;
      return {
        ...shorten(numbers),
        caption,
        ...(overImages !== undefined && { overImages }),
        ...(contribution !== undefined && shorten({ contribution })),
        ...(nonFiniteCount > 0 && { nonFinite: findGaps(places) }),
      };
    },
  );
  const picture = { width: columns * width, height: rows * height, indexes, palette: getColormap('viridis').colors };
  return {
    png: encodeIndexedPng(picture),
    data: {
      width,
      height,
      columns,
      hasChannels: layer.shape.length === 4,
      unitsARow: (layer.flattened && arrangePlaces(layer.flattened)?.columns) ?? unitsARow,
      channels,
      ...shorten({ min: overall.min, max: overall.max }),
    },
  };
}

/** Runs of places with a number and without one, in turn. */
function findGaps(places: Uint16Array): number[] {
  const runs = [0];
  let isGap = false;
  for (const place of places) {
    if ((place === nonValueIndex) !== isGap) {
      isGap = !isGap;
      runs.push(0);
    }
    (runs[runs.length - 1] as number)++;
  }
  return runs;
}

/** Numbers in as many digits as a 32-bit one holds. */
function shorten<Numbers extends Record<string, number>>(numbers: Numbers): Numbers {
  const short = Object.entries(numbers).map(([name, value]) => [name, Number(value.toPrecision(8))]);
  return Object.fromEntries(short) as Numbers;
}
