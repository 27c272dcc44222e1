// JSON whose typed arrays lie beside it, as bytes.

export const ARRAYS = { Float32Array, Float64Array, Uint32Array };

type Packable = Float32Array | Float64Array | Uint32Array;

/** What stands in the JSON for an array. */
interface ArrayPlace {
  array: keyof typeof ARRAYS;
  length: number;
}

/** The JSON of a value, and the bytes of its arrays in their order in it. */
export function packArrays(value: unknown): { text: string; packed: Uint8Array } {
  const arrays: Packable[] = [];
  const text = JSON.stringify(value, (_key, each: unknown) => {
    if (!ArrayBuffer.isView(each)) return each;
    const array = each as Packable;
    arrays.push(array);
    return { array: array.constructor.name, length: array.length };
  });
  const packed = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const array of arrays) {
    copyPlanes(array, packed.subarray(at, at + array.byteLength), 'pack');
    at += array.byteLength;
  }
  return { text, packed };
}

/** What `JSON.parse` takes to put the arrays back; one that is not there becomes undefined. */
export function unpackArrays(packed: Uint8Array): (key: string, value: unknown) => unknown {
  let at = 0;
  return (_key, value) => {
    if (!isPlace(value)) return value;
    const ArrayOfKind = ARRAYS[value.array];
    const end = at + value.length * ArrayOfKind.BYTES_PER_ELEMENT;
    if (end > packed.length) return undefined;
    const array = new ArrayOfKind(value.length);
    copyPlanes(array, packed.subarray(at, end), 'unpack');
    at = end;
    return array;
  };
}

function isPlace(value: unknown): value is ArrayPlace {
  const { array, length } = Object(value) as Partial<ArrayPlace>;
  if (typeof array !== 'string' || !Object.hasOwn(ARRAYS, array)) return false;
  return Number.isSafeInteger(length) && (length as number) >= 0;
}

/** Packed are the first bytes of all numbers, then their second ones, and so on: exponents side by side compress better. */
function copyPlanes(array: Packable, packed: Uint8Array, to: 'pack' | 'unpack'): void {
  const { length, buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: width } = array;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let plane = 0; plane < width; plane++) {
    for (let index = 0; index < length; index++) {
      const place = index * width + plane;
      const packedPlace = plane * length + index;
      if (to === 'pack') packed[packedPlace] = bytes[place] as number;
      else bytes[place] = packed[packedPlace] as number;
    }
  }
}

/** Bytes to compress at once, so that compressing does not need as much memory again. */
const partBytes = 2 ** 24;

export function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / partBytes);
  return Array.from({ length: count }, (_, part) => bytes.subarray(part * partBytes, (part + 1) * partBytes));
}
