// Numbers in the directory of a TIFF file or of Exif data.

/** Field types of TIFF 6.0 whose values can be had here: SHORT and LONG. */
const SHORT = 3;
const LONG = 4;

/** A directory with more entries than this is damaged: cameras write some forty. */
const MAX_ENTRIES = 1000;

/**
 * Reads whole numbers from the first directory of a TIFF file, or of the Exif data of another format, which are laid out the
 * same way (TIFF 6.0, section 2). Of a list of numbers the first one counts. Damaged data give fewer tags, never an error.
 *
 * @param start where the byte order mark (`II` or `MM`) lies
 * @param tags numbers of the fields to read
 */
export function readTiffTags(bytes: Buffer, start: number, tags: readonly number[]): Map<number, number> {
  const found = new Map<number, number>();
  const order = bytes.toString('latin1', start, start + 2);
  if (order !== 'II' && order !== 'MM') return found;
  const readShort = (at: number) => (order === 'II' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const readLong = (at: number) => (order === 'II' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const fits = (at: number, length: number) => at >= start && at + length <= bytes.length;
  if (!fits(start, 8) || readShort(start + 2) !== 42) return found;
  const directory = start + readLong(start + 4);
  if (!fits(directory, 2)) return found;
  const entryCount = Math.min(readShort(directory), MAX_ENTRIES);
  for (let entry = 0; entry < entryCount; entry++) {
    const at = directory + 2 + entry * 12;
    if (!fits(at, 12)) break;
    const tag = readShort(at);
    const type = readShort(at + 2);
    if (!tags.includes(tag) || (type !== SHORT && type !== LONG)) continue;
    const size = type === SHORT ? 2 : 4;
    const isInline = readLong(at + 4) * size <= 4;
    const valueAt = isInline ? at + 8 : start + readLong(at + 8);
    if (fits(valueAt, size)) found.set(tag, type === SHORT ? readShort(valueAt) : readLong(valueAt));
  }
  return found;
}
