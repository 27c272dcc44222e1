const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;

/**
 * Makes a GIF's first frame opaque, in place: its transparent pixels then decode to their palette color, as in Pillow, and
 * not to black. (GIF89a specification, 18-23.)
 */
export function clearGifTransparency(bytes: Buffer): void {
  const flags = bytes[10] ?? 0;
  const colorTableBytes = flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
  let at = 13 + colorTableBytes;
  while (bytes[at] === EXTENSION) {
    const packed = at + 3;
    if (bytes[at + 1] === GRAPHIC_CONTROL && packed < bytes.length) bytes[packed] = (bytes[packed] as number) & 0xfe;
    at += 2;
    for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) at += 1 + length;
    at++; // the block terminator
  }
}
