import { crc32 } from 'node:zlib';

/** The tEXt and iTXt chunks of a PNG file, by keyword. Throws where a chunk's sum is wrong or the file does not end. */
export function readPngText(bytes: Uint8Array): Record<string, string> {
  const png = Buffer.from(bytes);
  const texts: Record<string, string> = {};
  for (let offset = 8; ; ) {
    const length = png.readUInt32BE(offset);
    const content = png.subarray(offset + 4, offset + 8 + length);
    if (crc32(content) !== png.readUInt32BE(offset + 8 + length)) throw new Error(`the chunk at ${offset} is damaged`);
    const type = content.toString('latin1', 0, 4);
    if (type === 'IEND') return texts;
    if (type === 'tEXt' || type === 'iTXt') {
      const end = content.indexOf(0, 4);
      const text = content.subarray(end + (type === 'iTXt' ? 5 : 1));
      texts[content.toString('latin1', 4, end)] = text.toString(type === 'iTXt' ? 'utf8' : 'latin1');
    }
    offset += 12 + length;
  }
}
