// How strongly groups of channels fire on the maps of an image.

import type { ChannelPeaks } from '../engines/contract/channel-peaks.js';
import { improve, sumSquares } from './factorization.js';
import type { FoundGroups } from './find-groups.js';
import { multiplyByRows, productsOf } from './products.js';

/** What is summed over all places of all images. */
export interface GroupSums {
  /** that were measured */
  imageCount: number;
  /** squares of all values */
  squares: number;
  /** squares of what the groups leave unexplained */
  rest: number;
  /** of each group: what it adds to the values, summed over channels and places */
  parts: Float64Array;
}

/** How strongly each group fires at each place: what explains the maps best with nothing below 0. */
export interface Strengths {
  /** [places, groups] */
  values: Float64Array;
  /** adds the image to the sums of all */
  addTo(sums: GroupSums): void;
}

/** Sweeps end before that, once nothing changes: at most this many. */
const sweeps = 200;

/** Groups that measure one image after the other. */
export class GroupMeter {
  readonly #groups: FoundGroups;
  readonly #columns: number;
  readonly #gram: Float64Array;
  readonly #totals: Float64Array;

  constructor(groups: FoundGroups) {
    this.#groups = groups;
    this.#columns = groups.count === 0 ? 0 : groups.weights.length / groups.count;
    this.#gram = productsOf(groups.weights, groups.count, this.#columns);
    this.#totals = Float64Array.from({ length: groups.count }, (_, group) =>
      groups.weights
        .subarray(group * this.#columns, (group + 1) * this.#columns)
        .reduce((sum, weight) => sum + weight, 0),
    );
  }

  createSums(): GroupSums {
    return { imageCount: 0, squares: 0, rest: 0, parts: new Float64Array(this.#groups.count) };
  }

  /** @param maps of one image, [places, channels], nothing below 0 */
  measure(maps: Float32Array): Strengths {
    const { count, weights } = this.#groups;
    const rows = count === 0 ? 0 : maps.length / this.#columns;
    const products = multiplyByRows({ rows, columns: this.#columns, values: maps }, weights, count);
    const values = new Float64Array(rows * count);
    improve(values, { products, gram: this.#gram, count, length: rows, sweeps });
    return { values, addTo: (sums) => this.#add(sums, sumSquares(maps), { products, values }) };
  }

  /** |x - wH|^2 = |x|^2 - 2 w.(xH') + w(HH')w' */
  #add(sums: GroupSums, squares: number, { products, values }: Record<'products' | 'values', Float64Array>): void {
    const { count } = this.#groups;
    let explained = 0;
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as number;
      if (value === 0) continue;
      const group = at % count;
      let fitted = 0;
      for (let other = 0; other < count; other++)
        fitted += (this.#gram[group * count + other] as number) * (values[at - group + other] as number);
      explained += value * (2 * (products[at] as number) - fitted);
      sums.parts[group] = (sums.parts[group] as number) + value * (this.#totals[group] as number);
    }
    sums.imageCount++;
    sums.squares += squares;
    sums.rest += squares - explained;
  }
}

/** What is known of one image as of channels: NaN for an image that could not be measured. @param strengths [places, groups] */
export function peaksOfGroups(name: string, strengths: Float64Array | null, count: number): ChannelPeaks {
  const peaks = {
    name,
    means: new Float32Array(count).fill(Number.NaN),
    maxima: new Float32Array(count),
    places: new Float32Array(count),
  };
  if (strengths === null) return peaks;
  const places = strengths.length / count;
  for (let group = 0; group < count; group++) {
    let [sum, highest, at] = [0, 0, 0];
    for (let place = 0; place < places; place++) {
      const value = strengths[place * count + group] as number;
      sum += value;
      if (value > highest) [highest, at] = [value, place];
    }
    peaks.means[group] = sum / places;
    peaks.maxima[group] = highest;
    peaks.places[group] = at;
  }
  return peaks;
}
