import type { RgbPixels } from './pixels.js';

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const IMAGE_DESCRIPTOR = 0x2c;

/** The first frame of a GIF: where it lies, and the color of what it does not cover. (GIF89a specification, 18-23.) */
export interface GifFrame {
  /** pixels from the canvas's left and upper edge */
  left: number;
  top: number;
  width: number;
  height: number;
  /** red, green, blue */
  background: [number, number, number];
}

/**
 * Makes a GIF's first frame opaque, in place: its transparent pixels then decode to their palette color, as in Pillow, and
 * not to black.
 *
 * @returns undefined where the file ends before its first frame
 */
export function openGifFrame(bytes: Buffer): GifFrame | undefined {
  const flags = bytes[10] ?? 0;
  let at = 13 + colorTableBytes(flags);
  let transparentIndex = 0;
  while (bytes[at] === EXTENSION) {
    const packed = at + 3;
    if (bytes[at + 1] === GRAPHIC_CONTROL && packed + 3 < bytes.length) {
      if ((bytes[packed] as number) & 1) transparentIndex = bytes[packed + 3] as number;
      bytes[packed] = (bytes[packed] as number) & 0xfe;
    }
    at += 2;
    for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) at += 1 + length;
    at++; // the block terminator
  }
  if (bytes[at] !== IMAGE_DESCRIPTOR || at + 10 > bytes.length) return undefined;
  const [left, top, width, height] = [1, 3, 5, 7].map((field) => bytes.readUInt16LE(at + field));
  const localFlags = bytes[at + 9] as number;
  const colorAt = (localFlags & 0x80 ? at + 10 : 13) + 3 * transparentIndex;
  const [red = 0, green = 0, blue = 0] = bytes.subarray(colorAt, colorAt + 3);
  return {
    left: left as number,
    top: top as number,
    width: width as number,
    height: height as number,
    background: [red, green, blue],
  };
}

/** Colors what the first frame does not cover as Pillow does: in the transparent color, or the palette's first. In place. */
export function fillAroundFrame({ width, height, data }: RgbPixels, frame: GifFrame): void {
  const right = Math.min(frame.left + frame.width, width);
  for (let y = 0; y < height; y++) {
    const isCovered = y >= frame.top && y < frame.top + frame.height && frame.left < right;
    const row = y * width;
    fill(data, row, row + (isCovered ? frame.left : width), frame.background);
    if (isCovered) fill(data, row + right, row + width, frame.background);
  }
}

/** @param from first pixel; `to`: the one after the last */
function fill(data: Uint8Array, from: number, to: number, color: readonly number[]): void {
  for (let pixel = from; pixel < to; pixel++) data.set(color, pixel * 3);
}

function colorTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}
