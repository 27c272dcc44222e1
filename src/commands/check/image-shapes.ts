import type { ObservationTable } from '../../dataset/examine/observation-table.js';
import type { ImageShapes, Spread } from './result.js';

/** Describes what was decoded; undefined where nothing was. */
export function describeShapes(table: ObservationTable): ImageShapes | undefined {
  const decoded: number[] = [];
  for (let index = 0; index < table.count; index++) if (table.has(index)) decoded.push(index);
  if (decoded.length === 0) return undefined;
  const widths = Float64Array.from(decoded, (index) => table.widths[index] as number);
  const heights = Float64Array.from(decoded, (index) => table.heights[index] as number);
  return {
    formats: countFormats(table, decoded),
    width: spreadOf(widths),
    height: spreadOf(heights),
    aspect: spreadOf(widths.map((width, place) => width / (heights[place] as number))),
    mostFrequent: findMostFrequent(widths, heights),
  };
}

function countFormats(table: ObservationTable, decoded: readonly number[]): ImageShapes['formats'] {
  const counts = new Map<string, number>();
  for (const index of decoded) counts.set(table.formatOf(index), (counts.get(table.formatOf(index)) ?? 0) + 1);
  return [...counts].map(([format, count]) => ({ format, count })).sort((a, b) => b.count - a.count);
}

function spreadOf(values: Float64Array): Spread {
  const sorted = values.toSorted();
  const at = (place: number) => sorted[place] as number;
  return { min: at(0), median: at(sorted.length >> 1), max: at(sorted.length - 1) };
}

/** Sides below 2^26 make one number of both, exact in double precision. */
const SIDE = 2 ** 26;

function findMostFrequent(widths: Float64Array, heights: Float64Array): ImageShapes['mostFrequent'] {
  const sizes = widths.map((width, place) => width * SIDE + (heights[place] as number)).sort();
  let best = { size: 0, count: 0 };
  for (let start = 0; start < sizes.length; ) {
    let end = start;
    while (end < sizes.length && sizes[end] === sizes[start]) end++;
    if (end - start > best.count) best = { size: sizes[start] as number, count: end - start };
    start = end;
  }
  return { width: Math.floor(best.size / SIDE), height: best.size % SIDE, count: best.count };
}
