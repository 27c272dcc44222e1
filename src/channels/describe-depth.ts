// What class separation does from the first layer to the last, in sentences.

import { isPooling } from './is-pooling.js';
import type { LayerMetrics } from './report.js';

interface Ranked {
  name: string;
  /** Keras's class name */
  kind: string;
  /** AUC of the layer's best channel, 0.5..1 */
  best: number;
}

/** AUCs closer than this count as the same. */
const sameWithin = 0.05;

/** The AUC of each layer's best channel: through the maps, in the layers after them, and in pooling apart. */
export function describeDepth(layers: readonly LayerMetrics[]): string[] {
  const ranked = layers.flatMap(({ name, kind, shape, separation }) =>
    separation === null
      ? []
      : [{ name, kind, best: separation.best, hasMaps: shape.length > 2, pools: isPooling(kind) }],
  );
  const unpooled = ranked.filter(({ pools }) => !pools);
  if (unpooled.length < 2) return [];
  const maps = unpooled.filter(({ hasMaps }) => hasMaps);
  const after = unpooled.filter(({ hasMaps }) => !hasMaps);
  const course = [...describeMaps(maps), ...describeAfter(maps, after)].join(', ');
  const pooling = ranked.filter(({ pools }) => pools);
  return [
    `AUC of a layer's best channel: ${course}.`,
    ...(pooling.length === 0 ? [] : [`After pooling: ${pooling.map(nameRanked).join(', ')}.`]),
  ];
}

/** `flat through the convolutions (0.63 to 0.66)` */
function describeMaps(maps: readonly Ranked[]): string[] {
  const [first, last] = [maps[0], maps.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (first === last) return [nameRanked(first)];
  const where = maps.every(({ kind }) => /Conv/.test(kind)) ? 'the convolutions' : 'the layers with maps';
  const values = maps.map(({ best }) => best);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (high - low < sameWithin) return [`flat through ${where} (${low.toFixed(2)} to ${high.toFixed(2)})`];
  const change = last.best - first.best;
  const course = change >= sameWithin ? 'rises' : change <= -sameWithin ? 'falls' : 'varies';
  const isSteady = values.slice(1).every((value, index) => (value - (values[index] as number)) * change >= 0);
  const ends = `${nameRanked(first)}, ${nameRanked(last)}`;
  const but = isSteady || course === 'varies' ? '' : ', though not at every layer';
  return [`${course} through ${where} (${ends}${but})`];
}

/** `one jump at dense_1 (0.77)`: where a layer after the maps separates the classes better than every one before it. */
function describeAfter(maps: readonly Ranked[], after: readonly Ranked[]): string[] {
  if (after.length === 0) return [];
  const jumps: Ranked[] = [];
  let known = Math.max(...maps.map(({ best }) => best), maps.length === 0 ? (after[0] as Ranked).best : 0.5);
  for (const layer of after) {
    if (layer.best - known >= sameWithin) jumps.push(layer);
    known = Math.max(known, layer.best);
  }
  const list = jumps.map(({ name, best }) => `${name} (${best.toFixed(2)})`).join(', ');
  if (jumps.length > 0) return [`${jumps.length === 1 ? 'one jump' : 'jumps'} at ${list}`];
  return [`no jump after them (${after.map(nameRanked).join(', ')})`];
}

function nameRanked({ name, best }: Ranked): string {
  return `${name} ${best.toFixed(2)}`;
}
