// A film's frame as a page gets it: a few layers, small, in 64 steps.

import { promisify } from 'node:util';
import { constants, deflate } from 'node:zlib';
import { coarsenMap } from '../../base/coarsen-map.js';
import { type CodedChannel, decodeChannel, nonValueCode } from '../../film/codes.js';
import type { Frame, FrameEvidence, FrameImage, FrameLayer } from '../../film/frame.js';
import type { TimeEvidence, TimeFrame, TimeImage, TimeLayer } from './time-data.js';
import { lastStep, noNumber } from './time-steps.js';

/** Pixels: larger maps are made smaller, each value the mean of a block. */
const sizeAtMost = 40;
const layersAtMost = 4;

type Maps = Pick<FrameLayer, 'name' | 'kind' | 'isMap' | 'width' | 'height'>;

/** Which of a frame's layers are shown: its poolings, or where there is none its maps, at equal distances. */
export function chooseTimeLayers(layers: readonly Maps[]): string[] {
  const maps = layers.filter(({ isMap, width, height }) => isMap && width * height > 1);
  const poolings = maps.filter(({ kind }) => kind.includes('Pooling'));
  const shown = poolings.length > 0 ? poolings : maps;
  const chosen = Array.from({ length: Math.min(layersAtMost, shown.length) }, (_, index) => {
    return Math.round((index * (shown.length - 1)) / Math.max(1, Math.min(layersAtMost, shown.length) - 1));
  });
  return chosen.map((place) => (shown[place] as Maps).name);
}

interface EncodeOptions {
  /** which are kept of a layer of an image; default: all */
  channelsOf?: (image: number, layer: FrameLayer) => readonly number[];
  /** in a fourth of the time a twelfth more bytes, for a page on this computer */
  isQuick?: boolean;
}

/** A frame in few bytes. */
export async function encodeTimeFrame(
  { epoch, images, noEvidence }: Frame,
  { channelsOf = (_, { channels }) => [...channels.keys()], isQuick = false }: EncodeOptions = {},
): Promise<TimeFrame> {
  const encoded = images.map((image, index) => encodeImage(image, (layer) => channelsOf(index, layer), isQuick));
  return { epoch, images: await Promise.all(encoded), ...(noEvidence !== undefined && { noEvidence }) };
}

async function encodeImage(
  { outputs, layers, evidence }: FrameImage,
  channelsOf: (layer: FrameLayer) => readonly number[],
  isQuick: boolean,
): Promise<TimeImage> {
  const names = chooseTimeLayers(layers);
  const shown = layers.filter(({ name }) => names.includes(name));
  return {
    probabilities: toProbabilities(outputs),
    layers: await Promise.all(shown.map((layer) => encodeLayer(layer, channelsOf(layer), isQuick))),
    ...(evidence && { evidence: encodeEvidence(evidence) }),
  };
}

function encodeEvidence({ layer, cells, maps, ...size }: FrameEvidence): TimeEvidence {
  const coarse = maps.map(({ channel }) => coarsenMap(decodeChannel(channel, size), cells));
  const [{ map: { width, height } = size, cells: places = cells } = {}] = coarse;
  return {
    ...{ layer, width, height, cells: { rows: places.rows.map(round), columns: places.columns.map(round) } },
    maps: maps.map(({ classIndex }, index) => ({
      classIndex,
      values: Array.from(coarse[index]?.map.values ?? [], round),
    })),
  };
}

/** As many digits as a picture shows. JSON turns NaN into null. */
const round = (value: number) => Number(value.toPrecision(4));

/** One sigmoid unit is the probability of the second class. */
export function toProbabilities(outputs: readonly number[]): number[] {
  if (!outputs.every(Number.isFinite)) return [];
  const [only = 0] = outputs;
  return (outputs.length === 1 ? [1 - only, only] : outputs).map((value) => Number(value.toPrecision(5)));
}

async function encodeLayer(layer: FrameLayer, channels: readonly number[], isQuick: boolean): Promise<TimeLayer> {
  const block = Math.ceil(Math.max(layer.width, layer.height) / sizeAtMost);
  const [width, height] = [Math.ceil(layer.width / block), Math.ceil(layer.height / block)];
  const bytes = new Uint8Array(channels.length * width * height);
  const ranges = channels.map((channel, place) => {
    const coded = layer.channels[channel] as CodedChannel;
    const values = shrink(coded, layer.width, block, width, height);
    return stepChannel(values, bytes.subarray(place * width * height, (place + 1) * width * height));
  });
  const packed = await promisify(deflate)(bytes, isQuick ? { level: 1, strategy: constants.Z_RLE } : { level: 6 });
  const { name } = layer;
  return {
    name,
    width,
    height,
    channelCount: layer.channels.length,
    channels,
    ranges,
    codes: packed.toString('base64'),
  };
}

/** The mean of each block's numbers; NaN where it has none. */
function shrink(
  { min, max, codes }: CodedChannel,
  stride: number,
  block: number,
  width: number,
  height: number,
): Float32Array {
  const rows = codes.length / stride;
  const step = (max - min) / (nonValueCode - 1);
  const values = new Float32Array(width * height);
  for (let place = 0, row = 0; row < height; row++) {
    const bottom = Math.min((row + 1) * block, rows);
    for (let column = 0; column < width; column++, place++) {
      const [left, right] = [column * block, Math.min((column + 1) * block, stride)];
      let [sum, count] = [0, 0];
      for (let y = row * block; y < bottom; y++) {
        for (let at = y * stride + left; at < y * stride + right; at++) {
          const code = codes[at] as number;
          if (code === nonValueCode) continue;
          sum += code;
          count++;
        }
      }
      values[place] = count === 0 ? Number.NaN : min + (sum / count) * step;
    }
  }
  return values;
}

/** Writes the step of each value. @returns their range */
function stepChannel(values: Float32Array, steps: Uint8Array): [number, number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) [min, max] = [0, 0];
  const scale = max > min ? lastStep / (max - min) : 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    // The array cuts off what is after the point.
    steps[at] = Number.isNaN(value) ? noNumber : (value - min) * scale + 0.5;
  }
  return [Number(min.toPrecision(6)), Number(max.toPrecision(6))];
}
