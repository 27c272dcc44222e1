// The map over a small picture.

import type { Plane } from '../../../base/plane.js';
import { placeCells } from '../../../rendering/place-cells.js';
import type { EntryMap, GalleryData, MapShape } from '../../gallery/gallery-data.js';
import { decodeBase64 } from '../bytes.js';
import { paintEvidence } from '../paint-evidence.js';
import type { Ramps } from '../ramp.js';

/** Pixels of a painted map's sides. */
const mapSize = 64;

/** The values of a map, to a 127th of its largest. */
function decodeMap({ values, limit }: EntryMap, { width, height }: MapShape): Plane {
  const steps = new Int8Array(decodeBase64(values).buffer);
  return { width, height, values: Float32Array.from(steps, (step) => (step * limit) / 127) };
}

/** Paints an image's map into a canvas that lies over it, on the scale of all. */
export function paintEntryMap(canvas: HTMLCanvasElement, map: EntryMap, data: GalleryData, ramps: Ramps): void {
  const shape = data.shapes[map.shape];
  if (shape === undefined) return;
  const size = { width: mapSize, height: mapSize, smooth: false };
  paintEvidence(canvas, placeCells(decodeMap(map, shape), shape.cells, size), data.limit, ramps);
}
