// A weight of a TensorFlow.js model as float32: those of exports for the web are often quantized.

import { decodeHalf } from '../storage/half.js';
import type { WeightEntry } from './model-schema.js';

/** @param bytes of this weight alone, little-endian; the numbers may lie in their memory */
export function decodeWeight(bytes: Buffer, { dtype, quantization }: WeightEntry): Float32Array {
  const stored = quantization?.dtype ?? dtype;
  const numbers = readNumbers(bytes, stored);
  if (stored === 'float16') return Float32Array.from(numbers, decodeHalf);
  if (quantization === undefined) return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  const { scale = 1, min = 0 } = quantization;
  return Float32Array.from(numbers, (value) => value * scale + min);
}

function readNumbers(bytes: Buffer, dtype: WeightEntry['dtype']): Float32Array | Int32Array | Uint16Array | Uint8Array {
  if (dtype === 'uint8' || dtype === 'bool') return bytes;
  const { buffer } = bytes.byteOffset % 4 === 0 ? bytes : { buffer: new Uint8Array(bytes).buffer };
  const offset = buffer === bytes.buffer ? bytes.byteOffset : 0;
  if (dtype === 'float32') return new Float32Array(buffer, offset, bytes.length / 4);
  if (dtype === 'int32') return new Int32Array(buffer, offset, bytes.length / 4);
  return new Uint16Array(buffer, offset, bytes.length / 2);
}
