// Text chunks of a PNG file: what a picture says of itself to programs, wherever it is copied to.

import { crc32 } from 'node:zlib';

/** The signature and IHDR, which has one size in every file; the chunks follow it. */
const headerLength = 8 + 25;

/**
 * The same file with text in it: a tEXt chunk for each, or an iTXt chunk where a text is not Latin-1 (PNG specification,
 * third edition, 11.3.3).
 *
 * @param png bytes of a PNG file
 * @param texts by keyword: Latin letters and blanks, at most 79 of them
 */
export function addPngText(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const chunks = Object.entries(texts).map(([keyword, text]) => encodeChunk(keyword, text.replaceAll('\0', ' ')));
  return Buffer.concat([png.subarray(0, headerLength), ...chunks, png.subarray(headerLength)]);
}

function encodeChunk(keyword: string, text: string): Buffer {
  const isLatin = /^[\n\x20-\x7e\xa0-\xff]*$/.test(text);
  // iTXt: not compressed, without a language and without the keyword in it.
  const content = isLatin
    ? Buffer.from(`tEXt${keyword}\0${text}`, 'latin1')
    : Buffer.concat([Buffer.from(`iTXt${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]);
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4, 0);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  return chunk;
}
