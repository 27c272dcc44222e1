import { deflateSync } from 'node:zlib';

const TILE = 16;

/** The codecs that tiles are made with, by TIFF's numbers. */
const CODECS = {
  none: { id: 1, encode: (tile: Buffer) => tile },
  lzw: { id: 5, encode: encodeLzw },
  deflate: { id: 8, encode: (tile: Buffer) => deflateSync(tile) },
  packbits: { id: 32_773, encode: encodePackBits },
  zstd: { id: 50_000, encode: (tile: Buffer) => tile },
  lzma: { id: 34_925, encode: (tile: Buffer) => tile },
  unknown: { id: 12_345, encode: (tile: Buffer) => tile },
};

export interface TiledTiffOptions {
  codec: keyof typeof CODECS;
  /** BigTIFF */
  big?: boolean;
  bigEndian?: boolean;
  /** changes an encoded tile */
  damage?: (tile: Buffer, index: number) => Buffer;
  /** more entries of the directory: tag, type, count and a value of at most 4 bytes or a place in the file */
  extraTags?: [tag: number, type: number, count: number, value: number][];
}

/**
 * Writes a tiled RGB TIFF (TIFF 6.0, section 15): header, tiles, directory.
 *
 * @param rgb width x height x 3; both sides are multiples of 16
 */
export function encodeTiledTiff(rgb: Uint8Array, width: number, height: number, options: TiledTiffOptions): Buffer {
  const { codec, big = false, bigEndian = false, damage = (tile) => tile, extraTags = [] } = options;
  const file: Buffer[] = [Buffer.alloc(16)];
  let length = 16;
  const append = (part: Buffer) => {
    const at = length;
    file.push(part, Buffer.alloc(part.length % 2));
    length += part.length + (part.length % 2);
    return at;
  };
  const tiles = cutTiles(rgb, width, height).map((tile, index) => damage(CODECS[codec].encode(tile), index));
  const offsets = tiles.map(append);
  const integer = (value: number, bytes: number) => {
    const part = Buffer.alloc(bytes);
    if (bigEndian) part.writeUIntBE(value, Math.max(0, bytes - 6), Math.min(bytes, 6));
    else part.writeUIntLE(value, 0, Math.min(bytes, 6));
    return part;
  };
  const longs = (values: number[]) => append(Buffer.concat(values.map((value) => integer(value, 4))));
  const bits = append(Buffer.concat([8, 8, 8].map((value) => integer(value, 2))));
  const entries: [number, number, number, number][] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    // BigTIFF has room for three short numbers in the entry, where nothing but zeros may follow; so there it is one of one
    big ? [258, 3, 1, 8] : [258, 3, 3, bits],
    [259, 3, 1, CODECS[codec].id],
    [262, 3, 1, 2],
    [277, 3, 1, 3],
    [284, 3, 1, 1],
    [322, 3, 1, TILE],
    [323, 3, 1, TILE],
    [324, 4, offsets.length, offsets.length === 1 ? (offsets[0] as number) : longs(offsets)],
    [325, 4, tiles.length, tiles.length === 1 ? (tiles[0]?.length as number) : longs(tiles.map((tile) => tile.length))],
    ...extraTags,
  ];
  const wide = big ? 8 : 4;
  const directory = append(
    Buffer.concat([
      integer(entries.length, big ? 8 : 2),
      ...entries.map(([tag, type, count, value]) => {
        const isShort = type === 3 && count === 1;
        const field = isShort
          ? Buffer.concat([integer(value, 2), Buffer.alloc(wide - 2)])
          : type === 4 && count === 1
            ? Buffer.concat([integer(value, 4), Buffer.alloc(wide - 4)])
            : integer(value, wide);
        return Buffer.concat([integer(tag, 2), integer(type, 2), integer(count, wide), field]);
      }),
      Buffer.alloc(wide),
    ]),
  );
  const header = file[0] as Buffer;
  header.write(bigEndian ? 'MM' : 'II');
  integer(big ? 43 : 42, 2).copy(header, 2);
  if (big) Buffer.concat([integer(8, 2), integer(0, 2), integer(directory, 8)]).copy(header, 4);
  else integer(directory, 4).copy(header, 4);
  return Buffer.concat(file);
}

function cutTiles(rgb: Uint8Array, width: number, height: number): Buffer[] {
  const tiles: Buffer[] = [];
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const rows = Array.from({ length: TILE }, (_, row) => {
        const at = ((top + row) * width + left) * 3;
        return rgb.subarray(at, at + TILE * 3);
      });
      tiles.push(Buffer.concat(rows));
    }
  }
  return tiles;
}

/** Nothing but literals, which are never more than 9 bits: the table is cleared before it grows. */
function encodeLzw(data: Buffer): Buffer {
  const codes: number[] = [];
  for (let at = 0; at < data.length; at += 200) codes.push(256, ...data.subarray(at, at + 200));
  codes.push(257);
  const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
  return Buffer.from(
    Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
      Number.parseInt(bits.slice(at * 8, at * 8 + 8).padEnd(8, '0'), 2),
    ),
  );
}

function encodePackBits(data: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < data.length; at += 128) {
    const literal = data.subarray(at, at + 128);
    parts.push(Buffer.from([literal.length - 1]), literal);
  }
  return Buffer.concat(parts);
}
