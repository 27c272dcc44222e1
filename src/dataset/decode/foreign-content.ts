// Identifies files that are not supported images.

/** By their first bytes, in Latin-1. */
const SIGNATURES: [start: string, is: string][] = [
  ['version https://git-lfs', 'a Git LFS pointer, not the image itself: fetch it with "git lfs pull"'],
  ['BM', 'an unsupported kind of BMP image: convert it to PNG'],
  ['P7\n', describeUndecodable('PAM image')],
  ['\0\0\0\x0cjP  \r\n', describeUndecodable('JPEG 2000 image')],
  ['\xff\x4f\xff\x51', describeUndecodable('JPEG 2000 image')],
  ['\0\0\0\x0cJXL ', describeUndecodable('JPEG XL image')],
  ['\xff\x0a', describeUndecodable('JPEG XL image')],
  ['8BPS', describeUndecodable('Photoshop image')],
  ['\0\0\x01\0', describeUndecodable('Windows icon')],
  ['qoif', describeUndecodable('QOI image')],
  ['%PDF', 'a PDF document, not an image'],
  ['PK\x03\x04', 'an archive, not an image: unpack it'],
  ['\x1f\x8b', 'an archive, not an image: unpack it'],
  ['7z\xbc\xaf', 'an archive, not an image: unpack it'],
  ['Rar!', 'an archive, not an image: unpack it'],
  ['\0\x05\x16\x07', 'a macOS AppleDouble file, not an image: delete it'],
];

/** By what stands in them. The first that fits holds. */
const PATTERNS: [start: RegExp, is: string][] = [
  [/^\s*<(!doctype\s+html|html|head|body|script)/i, 'a web page (HTML), not an image: download the image again'],
  [/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!doctype\s+svg[^>]*>\s*)?<svg/is, 'an SVG drawing: convert it to PNG'],
  [/^\s*(<\?xml|<[a-z]+[\s>])/i, 'XML or HTML text, not an image: download the image again'],
  [
    /^.{4}ftyp(hei|hev|mif1|msf1)/s,
    `${describeUndecodable('HEIC photo')} (heif-convert IN.heic OUT.jpg; on a Mac: sips -s format jpeg IN.heic --out OUT.jpg)`,
  ],
  [/^.{4}ftyp/s, 'a video, not an image'],
];

/** What a file is that begins like no image that can be decoded. */
export function describeForeignContent(bytes: Buffer): string {
  if (bytes.every((byte) => byte === 0)) return 'it contains only zeros: an incomplete copy or download';
  const start = bytes.toString('latin1', 0, 512);
  const is =
    SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1] ??
    PATTERNS.find(([pattern]) => pattern.test(start))?.[1] ??
    'not an image in a supported format (JPEG, PNG, GIF, WebP, TIFF, AVIF, BMP, PPM)';
  return `it is ${is}`;
}

function describeUndecodable(kind: string): string {
  return `a ${kind}, which is not supported: convert it to JPEG`;
}
