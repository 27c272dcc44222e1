/** What the first directory of a TIFF says (TIFF 6.0, section 2; BigTIFF has wider fields). */
export interface TiffDirectory {
  /** pixels; absent where it does not say */
  size?: { width: number; height: number };
  /** bytes of one decoded pixel */
  pixelBytes: number;
  tiled: boolean;
  /** the number of its codec */
  compression: number;
}

const WIDTH = 256;
const HEIGHT = 257;
const BITS_PER_SAMPLE = 258;
const COMPRESSION = 259;
const SAMPLES_PER_PIXEL = 277;
const TILE_WIDTH = 322;

/**
 * The tags that say how pixels are stored. Everything else (resolution, descriptions, profiles, GeoTIFF, pyramids) does not
 * change a pixel, but makes libtiff warn of tags that it does not know.
 */
const PIXEL_TAGS = new Set([
  ...[254, WIDTH, HEIGHT, BITS_PER_SAMPLE, COMPRESSION, 262, 266, 273, 274, SAMPLES_PER_PIXEL, 278, 279, 284],
  ...[292, 293, 317, 320, TILE_WIDTH, 323, 324, 325, 332, 338, 339, 347],
  ...[512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 32997],
]);

/** Where a directory's entries are and how wide their fields are. */
interface Layout {
  view: DataView;
  littleEndian: boolean;
  big: boolean;
  /** of the first entry */
  at: number;
  count: number;
  entryBytes: number;
}

/** @returns undefined where there is no whole directory */
export function readTiffDirectory(bytes: Buffer): TiffDirectory | undefined {
  const layout = locateDirectory(bytes);
  if (layout === undefined) return undefined;
  const values = new Map<number, number>();
  for (let index = layout.count - 1; index >= 0; index--) {
    const at = layout.at + index * layout.entryBytes;
    const value = readFirstValue(layout, at);
    if (value !== undefined) values.set(layout.view.getUint16(at, layout.littleEndian), value);
  }
  const width = values.get(WIDTH);
  const height = values.get(HEIGHT);
  const samples = values.get(SAMPLES_PER_PIXEL) ?? 1;
  const sampleBytes = Math.ceil((values.get(BITS_PER_SAMPLE) ?? 1) / 8);
  return {
    ...(width !== undefined && height !== undefined && { size: { width, height } }),
    pixelBytes: samples * sampleBytes,
    tiled: values.has(TILE_WIDTH),
    compression: values.get(COMPRESSION) ?? 1,
  };
}

/**
 * Leaves only the first directory, and in it only what says how pixels are stored, in place. Each warning that libtiff still
 * has is then one about the pixels.
 */
export function keepPixelTags(bytes: Buffer): void {
  const layout = locateDirectory(bytes);
  if (layout === undefined) return;
  const { view, littleEndian, big, entryBytes } = layout;
  const kept = new Map<number, Buffer>();
  for (let index = 0; index < layout.count; index++) {
    const at = layout.at + index * entryBytes;
    const tag = view.getUint16(at, littleEndian);
    if (PIXEL_TAGS.has(tag) && !kept.has(tag)) kept.set(tag, Buffer.from(bytes.subarray(at, at + entryBytes)));
  }
  let at = layout.at;
  for (const [, entry] of [...kept].sort(([a], [b]) => a - b)) at += entry.copy(bytes, at);
  const nextDirectoryBytes = big ? 8 : 4;
  bytes.fill(0, at, Math.min(at + nextDirectoryBytes, bytes.length));
  if (big) view.setBigUint64(layout.at - 8, BigInt(kept.size), littleEndian);
  else view.setUint16(layout.at - 2, kept.size, littleEndian);
}

function locateDirectory(bytes: Buffer): Layout | undefined {
  if (bytes.length < 16) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const littleEndian = bytes[0] === 0x49;
  const big = view.getUint16(2, littleEndian) === 43;
  const start = big ? Number(view.getBigUint64(8, littleEndian)) : view.getUint32(4, littleEndian);
  const countBytes = big ? 8 : 2;
  if (start + countBytes > bytes.length) return undefined;
  const count = big ? Number(view.getBigUint64(start, littleEndian)) : view.getUint16(start, littleEndian);
  const entryBytes = big ? 20 : 12;
  const at = start + countBytes;
  if (at + count * entryBytes > bytes.length) return undefined;
  return { view, littleEndian, big, at, count, entryBytes };
}

/** An entry's value, or the first of its values; undefined for anything but a whole number. */
function readFirstValue({ view, littleEndian, big }: Layout, at: number): number | undefined {
  const type = view.getUint16(at + 2, littleEndian);
  const count = big ? Number(view.getBigUint64(at + 4, littleEndian)) : view.getUint32(at + 4, littleEndian);
  const width = { 1: 1, 3: 2, 4: 4, 16: 8 }[type];
  if (width === undefined || count === 0) return undefined;
  const inlineAt = at + (big ? 12 : 8);
  const fits = width * count <= (big ? 8 : 4);
  const pointer = big ? Number(view.getBigUint64(inlineAt, littleEndian)) : view.getUint32(inlineAt, littleEndian);
  const valueAt = fits ? inlineAt : pointer;
  if (valueAt + width > view.byteLength) return undefined;
  if (width === 1) return view.getUint8(valueAt);
  if (width === 2) return view.getUint16(valueAt, littleEndian);
  return width === 4 ? view.getUint32(valueAt, littleEndian) : Number(view.getBigUint64(valueAt, littleEndian));
}
