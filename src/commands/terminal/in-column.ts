import { padEnd } from '../../cli/format.js';

/** of the column with names of layers and classes: `batch_normalization_5` is the longest that train makes */
const NAME_WIDTH = 21;

/** A line about an image: what it is about, then what there is to say. */
export function inColumn(name: string, text: string): string {
  return `  ${padEnd(name, NAME_WIDTH)} ${text}`;
}
