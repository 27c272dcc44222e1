import { type BmpHeader, readBmpHeader } from './bmp-header.js';
import { unpackBmpRle } from './bmp-rle.js';
import { MAX_PIXELS } from './image-size.js';
import type { RgbPixels } from './pixels.js';
import { Undecodable } from './undecodable.js';

/** Decodes a BMP as Pillow does; a fourth channel is dropped. @throws Undecodable */
export function decodeBmp(bytes: Buffer): RgbPixels {
  const header = readBmpHeader(bytes);
  const { width, height, bits } = header;
  if (width * height > MAX_PIXELS) throw new Undecodable(`it has more than ${MAX_PIXELS} pixels`);
  if (header.encoding !== 'raw') {
    const indexes = unpackBmpRle(bytes.subarray(header.at), header);
    return assemble(header, indexes, { at: 0, stride: width, read: readIndexes(header, 8) });
  }
  const stride = Math.ceil((width * bits) / 32) * 4;
  const lastRowBytes = Math.ceil((width * bits) / 8);
  if (bytes.length < header.at + (height - 1) * stride + lastRowBytes) throw new Undecodable('it is truncated');
  const read = bits <= 8 ? readIndexes(header, bits) : bits === 16 ? readShorts(header) : readBytes(header);
  return assemble(header, bytes, { at: header.at, stride, read });
}

/** Puts a stored row, which begins at `from`, into the picture at `to`, both in bytes. */
type ReadRow = (stored: Uint8Array, from: number, rgb: Uint8Array, to: number) => void;

function assemble(
  { width, height, topDown }: BmpHeader,
  stored: Uint8Array,
  { at, stride, read }: { at: number; stride: number; read: ReadRow },
): RgbPixels {
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    read(stored, at + row * stride, data, (topDown ? row : height - 1 - row) * width * 3);
  }
  return { width, height, data };
}

/** Palette indexes of 1, 4 or 8 bits, the first in the highest bits. */
function readIndexes({ width, palette }: BmpHeader, bits: number): ReadRow {
  const perByte = 8 / bits;
  const mask = 2 ** bits - 1;
  return (stored, from, rgb, to) => {
    for (let x = 0; x < width; x++) {
      const byte = stored[from + Math.floor(x / perByte)] as number;
      const color = ((byte >> (8 - bits * ((x % perByte) + 1))) & mask) * 3;
      for (let channel = 0; channel < 3; channel++) rgb[to + x * 3 + channel] = palette[color + channel] as number;
    }
  };
}

/** 16 bits a pixel, five or six of them a channel; scaled to 255 and cut off, as in Pillow. */
function readShorts({ width, masks }: BmpHeader): ReadRow {
  const layout = masks.map((mask) => mask.toString(16)).join();
  if (layout !== '7c00,3e0,1f' && layout !== 'f800,7e0,1f') throw new Undecodable(describeMasks(16));
  const [red, green, blue] = masks.map((mask) => ({ mask, lowest: mask & -mask, largest: mask / (mask & -mask) }));
  const channels = [red, green, blue] as { mask: number; lowest: number; largest: number }[];
  return (stored, from, rgb, to) => {
    for (let x = 0; x < width; x++) {
      const pixel = (stored[from + x * 2] as number) | ((stored[from + x * 2 + 1] as number) << 8);
      for (const [channel, { mask, lowest, largest }] of channels.entries()) {
        rgb[to + x * 3 + channel] = Math.floor((((pixel & mask) / lowest) * 255) / largest);
      }
    }
  };
}

/** 24 or 32 bits a pixel, a byte a channel. */
function readBytes({ width, bits, masks }: BmpHeader): ReadRow {
  const step = bits / 8;
  const [red, green, blue] = masks.map((mask) => [0xff, 0xff00, 0xff0000, 0xff000000].indexOf(mask));
  const places = [red, green, blue] as number[];
  if (places.some((place) => place < 0 || place >= step)) throw new Undecodable(describeMasks(bits));
  return (stored, from, rgb, to) => {
    for (let x = 0; x < width; x++) {
      const pixel = from + x * step;
      rgb[to + x * 3] = stored[pixel + (red as number)] as number;
      rgb[to + x * 3 + 1] = stored[pixel + (green as number)] as number;
      rgb[to + x * 3 + 2] = stored[pixel + (blue as number)] as number;
    }
  };
}

function describeMasks(bits: number): string {
  return `it is a BMP of ${bits} bits with unusual color masks, which cannot be decoded`;
}
