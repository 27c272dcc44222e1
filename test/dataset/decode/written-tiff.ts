const SHORT = 3;
const LONG = 4;

type Values = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** A gray TIFF file of one strip, uncompressed, little-endian, with values just as they are (TIFF 6.0, sections 2 and 3). */
export function encodeTiff(values: Values, width: number, height: number): Buffer {
  const isFloat = values instanceof Float32Array;
  const entries: [tag: number, type: number, value: number][] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, values.BYTES_PER_ELEMENT * 8],
    [259, SHORT, 1],
    [262, SHORT, 1],
    [273, LONG, 0],
    [277, SHORT, 1],
    [278, LONG, height],
    [279, LONG, values.byteLength],
    [339, SHORT, isFloat ? 3 : 1],
  ];
  const start = 8 + 2 + entries.length * 12 + 4;
  const bytes = Buffer.alloc(start + values.byteLength);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, value], index) => {
    const at = 10 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(tag === 273 ? start : value, at + 8);
  });
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).copy(bytes, start);
  return bytes;
}
