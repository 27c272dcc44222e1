// One frame of a film: what the layers of a network put out for its probe images after an epoch.

import type { LayerActivation } from '../activations/capture.js';
import type { Plane } from '../base/plane.js';
import { checkContent } from '../disk/schema.js';
import { type CodedChannel, decodeChannel, encodeChannel } from './codes.js';
import { frameSchema } from './film-schema.js';
import { decodePacked, encodePacked, type PackedFormat } from './packed-file.js';

/** One layer of a network for one image, each channel in few bytes. */
export interface FrameLayer {
  name: string;
  /** Keras's class name */
  kind: string;
  /** of its maps; 1 x 1 for a layer of units */
  height: number;
  width: number;
  /** whether it has maps, of whatever size */
  isMap: boolean;
  channels: CodedChannel[];
}

/** What a network made of one image. */
export interface FrameImage {
  /** of its last layer */
  outputs: number[];
  /** in the network's order */
  layers: FrameLayer[];
}

export interface Frame {
  /** whole epochs done; 0 for the network before its training */
  epoch: number;
  /** in the order of the probe */
  images: FrameImage[];
}

const FRAME_FORMAT: PackedFormat = { format: 'cnnviz-frame', version: 1, expected: 'a frame of a film' };

/** A layer's channels in few bytes. */
export function encodeLayer({ name, shape, planes }: LayerActivation, kind: string): FrameLayer {
  const { width = 1, height = 1 } = planes[0] ?? {};
  return { name, kind, height, width, isMap: shape.length === 4, channels: planes.map(encodeChannel) };
}

/** One plane a channel, to rounding. */
export function decodeLayer(layer: FrameLayer): Plane[] {
  return layer.channels.map((channel) => decodeChannel(channel, layer));
}

/** The bytes of a frame's file; the same frame gives the same. */
export async function encodeFrame({ epoch, images }: Frame): Promise<Uint8Array> {
  const json = {
    epoch,
    images: images.map(({ outputs, layers }) => ({
      outputs,
      layers: layers.map(({ channels, ...layer }) => ({
        ...layer,
        ranges: channels.map(({ min, max }) => [min, max]),
      })),
    })),
  };
  const parts = images.flatMap(({ layers }) => layers.flatMap(({ channels }) => channels.map(({ codes }) => codes)));
  return encodePacked(FRAME_FORMAT, json, parts);
}

/** @param path named in errors @throws CnnvizError BAD_MODEL */
export async function decodeFrame(file: Uint8Array, path: string): Promise<Frame> {
  const { content, bytes, refuse } = await decodePacked(file, path, FRAME_FORMAT);
  const { epoch, images } = checkContent(frameSchema, content, refuse);
  const all = images.flatMap(({ layers }) => layers);
  const expected = all.reduce((sum, { height, width, ranges }) => sum + height * width * ranges.length, 0);
  if (bytes.length !== expected) throw refuse(`expected ${expected} bytes for its channels, found ${bytes.length}`);
  let at = 0;
  const take = (count: number) => {
    at += count;
    return bytes.subarray(at - count, at);
  };
  return {
    epoch,
    images: images.map(({ outputs, layers }) => ({
      outputs,
      layers: layers.map(({ ranges, ...layer }) => {
        const size = layer.height * layer.width;
        return { ...layer, channels: ranges.map(([min, max]) => ({ min, max, codes: take(size) })) };
      }),
    })),
  };
}
