// Which images of many a page shows in full.

/** An image that a page shows, in full or small. */
export interface Candidate {
  image: string;
  /** of the class that its folder is named after; of the predicted one where it is named after none */
  probability: number;
}

/**
 * The places of the images that are shown in full: first those that were named themselves, in their order, then the ones that
 * surprised the network most, whose class it found the least probable; of equals the first. More named ones than are shown in full
 * are nothing special: a shell names every file of a folder.
 *
 * @param named the paths that the call names
 */
export function chooseFull(candidates: readonly Candidate[], named: readonly string[], atMost: number): number[] {
  const own = new Set(named);
  const places = candidates.map((candidate, place) => ({ place, ...candidate }));
  const ofOwn = places.filter(({ image }) => own.has(image));
  const first = ofOwn.length > atMost ? [] : ofOwn;
  const others = places.filter((candidate) => !first.includes(candidate)).sort((a, b) => a.probability - b.probability);
  return [...first, ...others].slice(0, atMost).map(({ place }) => place);
}
