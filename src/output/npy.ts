// Encodes arrays as NumPy files.

/**
 * A float32 array as a NumPy file, format version 1.0 (NEP 1): magic, a Python literal padded with blanks so that the
 * numbers start at a multiple of 64 bytes, then the numbers, little endian, in C order.
 */
export function encodeNpy(shape: number[], values: Float32Array): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const literal = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  const prefix = 10; // magic, version, header length
  const headerLength = Math.ceil((prefix + literal.length + 1) / 64) * 64 - prefix;
  const bytes = Buffer.alloc(prefix + headerLength + values.length * 4);
  bytes.write('\x93NUMPY\x01\x00', 0, 'latin1');
  bytes.writeUInt16LE(headerLength, 8);
  bytes.write(`${literal.padEnd(headerLength - 1)}\n`, prefix, 'latin1');
  // Little endian is what every processor that Node runs on has.
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), prefix + headerLength);
  return bytes;
}
