// Shortens a file name to what file systems allow.

import { createHash } from 'node:crypto';

/** Bytes that a file system allows for one name; Windows counts UTF-16 units, of which a name has no more than bytes. */
export const MAX_NAME_BYTES = 255;

/**
 * A file name of at most `maxBytes` bytes of UTF-8: the name itself where it is that short, else its beginning and 8 digits of
 * its SHA-256, so that two long names stay two. The same name is always shortened to the same one.
 */
export function shortenName(name: string, maxBytes: number): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const mark = `~${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  let bytes = mark.length;
  let start = '';
  for (const character of name) {
    bytes += Buffer.byteLength(character); // never half a character
    if (bytes > maxBytes) break;
    start += character;
  }
  return start + mark;
}
