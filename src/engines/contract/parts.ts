// Python's `x[2:4, 0, ::-1]`: which places of an axis it takes.

/** What is taken along one axis: a part of it in steps, or one place, and then the axis is gone. */
export type Part = number | { start?: number | null; stop?: number | null; step?: number | null };

/** The places that a part takes along an axis, as Python counts them. */
export function placesOf(part: Part, size: number): number[] {
  if (typeof part === 'number') return [part < 0 ? part + size : part];
  const step = part.step ?? 1;
  const clamp = (value: number | null | undefined, absent: number, low: number, high: number) =>
    value == null ? absent : Math.min(high, Math.max(low, value < 0 ? value + size : value));
  const places: number[] = [];
  if (step > 0) {
    const stop = clamp(part.stop, size, 0, size);
    for (let at = clamp(part.start, 0, 0, size); at < stop; at += step) places.push(at);
  } else {
    const stop = clamp(part.stop, -1, -1, size - 1);
    for (let at = clamp(part.start, size - 1, -1, size - 1); at > stop; at += step) places.push(at);
  }
  return places;
}
