// The few protocol buffer encodings that TensorFlow graphs and TensorBoard events need: https://protobuf.dev/programming-guides/encoding
// A message is the concatenation of its fields, so each function returns the bytes of one field.

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** An int32, int64, bool or enum field. Negative numbers are written as int64, as the format demands. */
export function varintField(field: number, value: number | boolean): Uint8Array {
  return Uint8Array.from([...tag(field, VARINT), ...varint(BigInt(value))]);
}

/** A float field. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = (field << 3) | FIXED32;
  new DataView(bytes.buffer).setFloat32(1, value, true);
  return bytes;
}

/** A `double` field. */
export function doubleField(field: number, value: number): Uint8Array {
  return join([Uint8Array.from(tag(field, FIXED64)), littleEndian([value])]);
}

/** A string, bytes or message field. */
export function bytesField(field: number, content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return join([Uint8Array.from([...tag(field, LENGTH_DELIMITED), ...varint(BigInt(bytes.length))]), bytes]);
}

/** A nested message made of the given fields. */
export function messageField(field: number, fields: Uint8Array[]): Uint8Array {
  return bytesField(field, join(fields));
}

/** A repeated int32, int64, bool or enum field in the packed form. */
export function packedVarintField(field: number, values: readonly number[]): Uint8Array {
  return bytesField(field, Uint8Array.from(values.flatMap((value) => varint(BigInt(value)))));
}

/** A repeated `double` field in the packed form. */
export function packedDoubleField(field: number, values: readonly number[]): Uint8Array {
  return bytesField(field, littleEndian(values));
}

function littleEndian(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (const [index, value] of values.entries()) view.setFloat64(index * 8, value, true);
  return new Uint8Array(view.buffer);
}

export function join(parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

function tag(field: number, wireType: number): number[] {
  return varint(BigInt((field << 3) | wireType));
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}
