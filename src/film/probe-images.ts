// The images of a probe as the network gets them, and the network: a film needs the files no more.

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

/** A layer of the network, whether or not the film keeps it. */
export interface FilmLayer {
  name: string;
  /** Keras's class name; `InputLayer` for the input */
  kind: string;
  /** without the batch: [height, width, channels] or [units] */
  shape: readonly number[];
  parameterCount: number;
  /** names of the layers that it gets its inputs from */
  inputs: readonly string[];
  /** a Flatten: the layer whose maps its units come from */
  flattens?: string;
  /** what the cells of its maps see of the input, in its pixels, where that is known */
  field?: { rows: FilmField; columns: FilmField };
}

/** Of each row or column of cells: the first pixel seen, the first one after the last, and the middle. */
interface FilmField {
  from: readonly number[];
  to: readonly number[];
  middle: readonly number[];
}

export interface ProbeImages {
  height: number;
  width: number;
  images: ProbeImage[];
  /** the input first, then every layer in the network's order; films of earlier versions lack it */
  network?: readonly FilmLayer[];
}

const PROBE_FORMAT: PackedFormat = { format: 'cnnviz-probe', version: 1, expected: 'the probe images of a run' };

/** The bytes of the images' file. */
export async function encodeProbeImages({ images, ...about }: ProbeImages): Promise<Uint8Array> {
  const json = { ...about, images: images.map(({ name, path }) => ({ name, path })) };
  return encodePacked(
    PROBE_FORMAT,
    json,
    images.map(({ pixels }) => pixels),
  );
}

/** @param path named in errors @throws CnnvizError BAD_MODEL */
export async function decodeProbeImages(file: Uint8Array, path: string): Promise<ProbeImages> {
  const { content, bytes, refuse } = await decodePacked(file, path, PROBE_FORMAT);
  const { images, ...about } = checkContent(probeImagesSchema, content, refuse);
  const length = about.height * about.width * 3;
  const expected = length * images.length;
  if (bytes.length !== expected) throw refuse(`expected ${expected} bytes for its pixels, found ${bytes.length}`);
  const pixelsOf = (index: number) => bytes.subarray(index * length, (index + 1) * length);
  return { ...about, images: images.map((image, index) => ({ ...image, pixels: pixelsOf(index) })) };
}
