// What sharp says of an image, in one sentence.

import type { ImageHeader } from './image-header.js';
import { MAX_PIXELS } from './image-size.js';
import { readTiffDirectory } from './tiff-directory.js';

/** Longer than any sentence that helps. */
const MAX_REASON_LENGTH = 200;

/** What sharp says when it knows nothing. */
const EMPTY_WORDS = /^(Unknown error|Warning treated as error|Input buffer contains unsupported image format)/;

/** TIFF codecs that sharp's libtiff is built without, by number; and what it says of them. */
const TIFF_CODECS: Record<number, string> = {
  6: 'old-style JPEG',
  33003: 'JPEG 2000',
  33004: 'JPEG 2000',
  33005: 'JPEG 2000',
  34661: 'JBIG',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50000: 'ZSTD',
};

/** Why an image cannot be decoded, in one sentence of at most 200 characters, from what sharp says of it. */
export function describeFailure(error: unknown, bytes: Buffer, { format, compression }: ImageHeader): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/pixel limit/.test(message)) return `it has more than ${MAX_PIXELS} pixels`;
  const codec = compression === undefined ? undefined : TIFF_CODECS[compression];
  if (codec !== undefined) return `its compression, ${codec}, is not supported; save it again with LZW or Deflate`;
  if (/premature end/i.test(message) || isCutShort(bytes, format)) return 'it is truncated';
  const cause = findCause(message);
  return cause === undefined ? 'it is damaged or truncated' : shorten(`it is damaged or truncated (${cause}`, ')');
}

function isCutShort(bytes: Buffer, format: ImageHeader['format']): boolean {
  if (format === 'png') return !bytes.includes('IEND');
  if (format === 'tiff') return readTiffDirectory(bytes) === undefined;
  return format === 'webp' && bytes.readUInt32LE(4) + 8 > bytes.length;
}

/** The last of a decoder's complaints: those before it are what it put up with. */
function findCause(message: string): string | undefined {
  return message
    .split('\n')
    .map((line) =>
      line
        .replace(/^Input buffer has corrupt header:\s*/, '')
        .replace(/^\w+: /, '')
        .trim(),
    )
    .filter((line) => line !== '' && !EMPTY_WORDS.test(line))
    .at(-1);
}

function shorten(text: string, end: string): string {
  const room = MAX_REASON_LENGTH - end.length;
  return (text.length > room ? `${text.slice(0, room - 3)}...` : text) + end;
}
