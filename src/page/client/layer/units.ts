// The units of a layer without height and width.

import type { NetworkLayerData } from '../../page-data.js';
import { valueOfStep } from '../layer-maps.js';
import type { PageImage } from '../page-image.js';

export interface Units {
  values: Float32Array;
  /** units a row */
  columns: number;
  /** what a unit of a Flatten comes from */
  from?: { layer: string; width: number; channels: number };
}

/** Units a row, where they come from no maps. */
const unitsARow = 32;

/**
 * The units of a layer: as the page holds them, or of a Flatten those of the maps that it flattens, in rows of one place.
 *
 * @returns undefined where the page has neither
 */
export async function readUnits({ name, flattens }: NetworkLayerData, image: PageImage): Promise<Units | undefined> {
  const units = image.findLayer(name)?.units;
  if (units !== undefined) {
    const values = Float32Array.from(units, (value) => value ?? Number.NaN);
    return { values, columns: Math.min(values.length, unitsARow) };
  }
  if (flattens === undefined || !image.hasMaps(flattens)) return undefined;
  const { layer, channels } = await image.readLayer(flattens);
  const values = new Float32Array(layer.width * layer.height * channels.length);
  channels.forEach((channel, number) => {
    channel.steps.forEach((step, cell) => {
      values[cell * channels.length + number] = valueOfStep(step, channel);
    });
  });
  return { values, columns: channels.length, from: { layer: flattens, width: layer.width, channels: channels.length } };
}
