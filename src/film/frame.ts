// One frame of a film: what the layers of a network put out for its probe images after an epoch.

import type { LayerActivation } from '../activations/capture.js';
import type { CellPlaces } from '../base/cell-places.js';
import type { Plane } from '../base/plane.js';
import { checkContent } from '../disk/schema.js';
import { type CodedChannel, decodeChannel, encodeChannels } from './codes.js';
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

/** Where in an image a layer sees evidence for and against some classes: HiResCAM's maps, each in few bytes. */
export interface FrameEvidence {
  /** the layer's name */
  layer: string;
  /** of its maps */
  height: number;
  width: number;
  /** where its cells lie on the image */
  cells: CellPlaces;
  maps: { classIndex: number; channel: CodedChannel }[];
}

/** What a network made of one image. */
export interface FrameImage {
  /** of its last layer */
  outputs: number[];
  /** in the network's order */
  layers: FrameLayer[];
  /** absent where it cannot be had, see `noEvidence`, and in films that were begun before there was any */
  evidence?: FrameEvidence;
}

export interface Frame {
  /** whole epochs done; 0 for the network before its training */
  epoch: number;
  /** in the order of the probe */
  images: FrameImage[];
  /** why its images have no evidence, where the network has none to show */
  noEvidence?: string;
}

const FRAME_FORMAT: PackedFormat = { format: 'cnnviz-frame', version: 2, expected: 'a frame of a film' };

/** A layer's channels in few bytes. @param output [1, height, width, channels], or [1, units] */
export function encodeLayer({ name, shape, values }: Omit<LayerActivation, 'planes'>, kind: string): FrameLayer {
  const isMap = shape.length === 4;
  const [height = 1, width = 1] = isMap ? shape.slice(1) : [];
  return { name, kind, height, width, isMap, channels: encodeChannels(values, shape.at(-1) ?? 1) };
}

/** One plane a channel, to rounding. */
export function decodeLayer(layer: FrameLayer): Plane[] {
  return layer.channels.map((channel) => decodeChannel(channel, layer));
}

/** The bytes of a frame's file; the same frame gives the same. */
export async function encodeFrame({ images, ...frame }: Frame): Promise<Uint8Array> {
  const json = { ...frame, images: images.map(describeImage) };
  const parts = images.flatMap(({ layers, evidence }) => [
    ...layers.flatMap(({ channels }) => channels.map(({ codes }) => codes)),
    ...(evidence?.maps ?? []).map(({ channel }) => channel.codes),
  ]);
  return encodePacked(FRAME_FORMAT, json, parts);
}

function describeImage({ outputs, layers, evidence }: FrameImage) {
  return {
    outputs,
    layers: layers.map(({ channels, ...layer }) => ({ ...layer, ranges: channels.map(rangeOf) })),
    ...(evidence && { evidence: describeEvidence(evidence) }),
  };
}

function describeEvidence({ maps, ...evidence }: FrameEvidence) {
  return {
    ...evidence,
    classes: maps.map(({ classIndex }) => classIndex),
    ranges: maps.map(({ channel }) => rangeOf(channel)),
  };
}

function rangeOf({ min, max }: CodedChannel): [number, number] {
  return [min, max];
}

/** @param path named in errors @throws CnnvizError BAD_MODEL */
export async function decodeFrame(file: Uint8Array, path: string): Promise<Frame> {
  const { content, bytes, refuse } = await decodePacked(file, path, FRAME_FORMAT);
  const { epoch, images, noEvidence } = checkContent(frameSchema, content, refuse);
  const all = images.flatMap(({ layers, evidence }) => [...layers, ...(evidence ? [evidence] : [])]);
  const expected = all.reduce((sum, { height, width, ranges }) => sum + height * width * ranges.length, 0);
  if (bytes.length !== expected) throw refuse(`expected ${expected} bytes for its channels, found ${bytes.length}`);
  let at = 0;
  const takeChannels = ({ ranges, height, width }: DescribedChannels): CodedChannel[] => {
    return ranges.map(([min, max]) => {
      at += height * width;
      return { min, max, codes: bytes.subarray(at - height * width, at) };
    });
  };
  return {
    epoch,
    images: images.map(({ outputs, layers, evidence }) => ({
      outputs,
      layers: layers.map(({ ranges, ...layer }) => ({ ...layer, channels: takeChannels({ ...layer, ranges }) })),
      ...(evidence && { evidence: joinEvidence(evidence, takeChannels(evidence)) }),
    })),
    ...(noEvidence !== undefined && { noEvidence }),
  };
}

/** Of a layer, or of maps of evidence. */
interface DescribedChannels {
  height: number;
  width: number;
  ranges: readonly [number, number][];
}

type DescribedEvidence = ReturnType<typeof describeEvidence>;

function joinEvidence({ classes, ranges: _, ...about }: DescribedEvidence, channels: CodedChannel[]): FrameEvidence {
  return {
    ...about,
    maps: channels.map((channel, index) => ({ classIndex: classes[index] as number, channel })),
  };
}
