// Text chunks of a PNG file: what a picture says of itself to programs, wherever it is copied to.

import { encodeChunk } from './png-chunks.js';

/**
 * A tEXt chunk for each text, or an iTXt chunk where it is not Latin-1 (PNG specification, third edition, 11.3.3).
 *
 * @param texts by keyword: Latin letters and blanks, at most 79 of them
 */
export function encodePngTexts(texts: Readonly<Record<string, string>>): Uint8Array[] {
  return Object.entries(texts).map(([keyword, text]) => encodeText(keyword, text.replaceAll('\0', ' ')));
}

function encodeText(keyword: string, text: string): Uint8Array {
  const isLatin = /^[\n\x20-\x7e\xa0-\xff]*$/.test(text);
  if (isLatin) return encodeChunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
  // Not compressed, without a language and without the keyword in it.
  const head = Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1');
  return encodeChunk('iTXt', Buffer.concat([head, Buffer.from(text, 'utf8')]));
}
