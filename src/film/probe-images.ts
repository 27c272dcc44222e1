// The images of a probe as the network gets them: a film needs the files no more.

import { checkContent } from '../disk/schema.js';
import { probeImagesSchema } from './film-schema.js';
import { decodePacked, encodePacked, type PackedFormat } from './packed-file.js';

/** An image that is looked at after every epoch. */
export interface ProbeImage {
  /** its file's name */
  name: string;
  /** where it was, absolute */
  path: string;
  /** [height, width, 3], as decoded for the network */
  pixels: Uint8Array;
}

export interface ProbeImages {
  height: number;
  width: number;
  images: ProbeImage[];
}

const PROBE_FORMAT: PackedFormat = { format: 'cnnviz-probe', version: 1, expected: 'the probe images of a run' };

/** The bytes of the images' file. */
export async function encodeProbeImages({ images, ...size }: ProbeImages): Promise<Uint8Array> {
  const json = { ...size, images: images.map(({ name, path }) => ({ name, path })) };
  return encodePacked(
    PROBE_FORMAT,
    json,
    images.map(({ pixels }) => pixels),
  );
}

/** @param path named in errors @throws CnnvizError BAD_MODEL */
export async function decodeProbeImages(file: Uint8Array, path: string): Promise<ProbeImages> {
  const { content, bytes, refuse } = await decodePacked(file, path, PROBE_FORMAT);
  const { images, ...size } = checkContent(probeImagesSchema, content, refuse);
  const length = size.height * size.width * 3;
  const expected = length * images.length;
  if (bytes.length !== expected) throw refuse(`expected ${expected} bytes for its pixels, found ${bytes.length}`);
  const pixelsOf = (index: number) => bytes.subarray(index * length, (index + 1) * length);
  return { ...size, images: images.map((image, index) => ({ ...image, pixels: pixelsOf(index) })) };
}
