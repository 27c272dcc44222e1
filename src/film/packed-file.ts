// A line of JSON and the bytes that it describes, compressed: what the files of a film consist of.

import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { CnnvizError } from '../base/errors.js';
import { parseJson, type Refuse } from '../disk/read-file.js';
import { checkFormat } from '../disk/schema.js';

/** Of one file, unpacked: two images in every layer of a network with large maps have a tenth of it. */
const unpackedAtMost = 2 ** 30;

/** What identifies a kind of file. */
export interface PackedFormat {
  format: string;
  version: number;
  /** in words */
  expected: string;
}

/** The same content gives the same bytes. */
export async function encodePacked(
  { format, version }: PackedFormat,
  json: object,
  parts: readonly Uint8Array[],
): Promise<Uint8Array> {
  const line = Buffer.from(`${JSON.stringify({ format, formatVersion: version, ...json })}\n`);
  // Zeros after a relu are what repeats: to look for more takes two to three times as long for four hundredths less.
  return promisify(gzip)(Buffer.concat([line, ...parts]), { level: 1, strategy: constants.Z_RLE });
}

/**
 * Reads such bytes; what the JSON holds is for a schema to check.
 *
 * @param path named in errors
 * @throws CnnvizError BAD_MODEL
 */
export async function decodePacked(
  file: Uint8Array,
  path: string,
  format: PackedFormat,
): Promise<{ content: unknown; bytes: Uint8Array; refuse: Refuse }> {
  const refuse: Refuse = (reason, cause) =>
    new CnnvizError('BAD_MODEL', `${path}: ${reason}`, cause === undefined ? {} : { cause });
  const unpacked = await promisify(gunzip)(file, { maxOutputLength: unpackedAtMost }).catch((error: unknown) => {
    throw refuse(`expected ${format.expected}, found a damaged file`, error);
  });
  const end = unpacked.indexOf('\n');
  const content = parseJson(end < 0 ? unpacked : unpacked.subarray(0, end), refuse);
  checkFormat(content, format, refuse);
  return { content, bytes: unpacked.subarray(end < 0 ? unpacked.length : end + 1), refuse };
}
