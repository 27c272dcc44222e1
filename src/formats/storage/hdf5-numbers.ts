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

/** @param bytes little-endian, whatever the file has; copied */
export function decodeNumbers(bytes: Uint8Array, { isFloat, isSigned, size }: NumberType): Float32Array {
  const buffer = new Uint8Array(bytes).buffer;
  if (isFloat && size === 4) return new Float32Array(buffer);
  if (isFloat && size === 2) return Float32Array.from(new Uint16Array(buffer), decodeHalf);
  if (isFloat) return Float32Array.from(new Float64Array(buffer));
  if (size === 8) {
    return Float32Array.from(isSigned ? new BigInt64Array(buffer) : new BigUint64Array(buffer), Number);
  }
  const arrays = isSigned ? [Int8Array, Int16Array, Int32Array] : [Uint8Array, Uint16Array, Uint32Array];
  return Float32Array.from(new (arrays[Math.log2(size)] as typeof Int8Array)(buffer));
}
