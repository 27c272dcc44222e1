// A channel of a film in numbers: without making values of its codes again.

import { type CodedChannel, nonValueCode } from '../../film/codes.js';

/** Numbers of a channel: its ends are exact, the others hold to half a step. */
export interface MeasuredCodes {
  min: number;
  max: number;
  mean: number;
  standardDeviation: number;
  /** 0..1, of all values: those next to 0 */
  zeroFraction: number;
  /** 0..1, of all values: those that are certainly above 0; where any value is, it is not 0 */
  firingFraction: number;
  nonFiniteCount: number;
}

export function measureCodes({ min, max, codes }: CodedChannel): MeasuredCodes {
  const counts = countCodes(codes);
  const nonFiniteCount = counts[nonValueCode] as number;
  const finiteCount = codes.length - nonFiniteCount;
  const step = (max - min) / (nonValueCode - 1);
  // The code whose value is next to 0; it may be none of the channel's.
  const zero = step > 0 ? Math.round(-min / step) : -Math.sign(min);
  let [sum, firing] = [0, 0];
  for (let code = 0; code < nonValueCode; code++) {
    const count = counts[code] as number;
    sum += code * count;
    if (code > zero || min > 0) firing += count;
  }
  const middle = finiteCount === 0 ? 0 : sum / finiteCount;
  let squares = 0;
  for (let code = 0; code < nonValueCode; code++) squares += (counts[code] as number) * (code - middle) ** 2;
  return {
    ...{ min, max, nonFiniteCount, mean: min + middle * step },
    standardDeviation: finiteCount === 0 ? 0 : step * Math.sqrt(squares / finiteCount),
    zeroFraction: (zero >= 0 && zero < nonValueCode ? (counts[zero] as number) : 0) / codes.length,
    // The largest value is above 0 where it is, although its code may be the one next to 0.
    firingFraction: Math.max(firing, max > 0 ? 1 : 0) / codes.length,
  };
}

function countCodes(codes: Uint8Array): Uint32Array {
  const counts = new Uint32Array(nonValueCode + 1);
  // Over indexes: a layer can have a million of them.
  for (let index = 0; index < codes.length; index++) (counts[codes[index] as number] as number)++;
  return counts;
}
