// Numbers as HDF5 hands them over, as float32.

import type { Metadata } from 'h5wasm';
import { decodeHalf } from './half.js';

/** Floating point or whole, and its bytes. */
export interface NumberType {
  readonly isFloat: boolean;
  readonly isSigned: boolean;
  readonly size: number;
}

/** Undefined for what is no number. @param module which knows the classes of types */
export function findNumberType(
  { type, size, signed, vlen, array_type: array }: Metadata,
  { H5T_class_t: classes }: { H5T_class_t: { H5T_INTEGER: { value: number }; H5T_FLOAT: { value: number } } },
): NumberType | undefined {
  if (vlen || array !== undefined) return undefined;
  const isFloat = type === classes.H5T_FLOAT.value;
  if (isFloat ? ![2, 4, 8].includes(size) : type !== classes.H5T_INTEGER.value || ![1, 2, 4, 8].includes(size)) {
    return undefined;
  }
  return { isFloat, isSigned: signed, size };
}

type Numbers = ArrayLike<number>;

/**
 * @param buffer which has them little-endian from `place` on, whatever the file has
 * @returns numbers that last as long as the buffer's content
 */
export function decodeNumbers(
  buffer: ArrayBuffer,
  place: number,
  count: number,
  { isFloat, isSigned, size }: NumberType,
): Numbers {
  if (isFloat && size === 2) return Float32Array.from(new Uint16Array(buffer, place, count), decodeHalf);
  if (isFloat) return new (size === 4 ? Float32Array : Float64Array)(buffer, place, count);
  if (size === 8) {
    return Float32Array.from(new (isSigned ? BigInt64Array : BigUint64Array)(buffer, place, count), Number);
  }
  const arrays = isSigned ? [Int8Array, Int16Array, Int32Array] : [Uint8Array, Uint16Array, Uint32Array];
  return new (arrays[Math.log2(size)] as typeof Int8Array)(buffer, place, count);
}
