// One map over an image, and its color bar.

import type { Plane } from '../base/plane.js';
import { type Color, createRaster, packColor, pixelView, type Raster } from '../base/raster.js';
import type { ColorBar } from './color-bar.js';
import type { Colormap } from './colormap.js';
import { evidenceColor, evidenceLabel, evidenceOpacity, evidencePlace } from './evidence-scale.js';
import { colors } from './style.js';

/**
 * A map over an image in gray. 0 leaves the image as it is; the further a value is from 0, the more opaque is one end of the
 * ramp: the last color above 0, the first below. So a color depends on the value and on what is below it alone.
 *
 * @param map of the image's size; NaN and infinities are checkered
 * @param limit above 0; or 0 for maps that hold nothing else
 */
export function overlayMap(photograph: Raster, map: Plane, limit: number, ramp: Colormap): Raster {
  const raster = createRaster(photograph.width, photograph.height, colors.page);
  const pixels = pixelView(raster);
  const table = getTable(ramp);
  const checks = colors.nonValue.map(packColor);
  for (let index = 0; index < pixels.length; index++) {
    const value = map.values[index] as number;
    if (Number.isFinite(value)) {
      pixels[index] = table[evidencePlace(value, limit) * 256 + grayAt(photograph, index)] as number;
    } else {
      const check = ((index % raster.width) >> 1) + (Math.floor(index / raster.width) >> 1);
      pixels[index] = checks[check & 1] as number;
    }
  }
  return raster;
}

/** What a bar shows its colors over: between black and white. */
const barGray = 128;

/** The bar of overlays with this limit: their colors over a middle gray, and what its ends say of the class. */
export function overlayBar(limit: number, hasNegative: boolean, ramp: Colormap): ColorBar {
  const low = hasNegative ? -limit : 0;
  const positions = limit > 0 ? [0, 0.5, 1] : [0];
  return {
    caption: 'evidence',
    ticks: positions.map((position) => ({ position, label: evidenceLabel(low + (limit - low) * position, limit) })),
    colormap: ramp,
    colorAt: (position) => mixColor(evidencePlace(low + (limit - low) * position, limit), barGray, ramp),
  };
}

/** The color of a place over gray, 0..255. */
function mixColor(place: number, gray: number, ramp: Colormap): Color {
  return mix(ramp.colors[evidenceColor(place)] as Color, evidenceOpacity(place), gray);
}

function mix([red, green, blue]: Color, opacity: number, gray: number): Color {
  const mixed = (part: number) => Math.round(gray + (part - gray) * opacity);
  return [mixed(red), mixed(green), mixed(blue)];
}

const tables = new Map<Colormap, Uint32Array>();

/** Every color of a ramp over gray, as `packColor` has it: index = place * 256 + gray. */
function getTable(ramp: Colormap): Uint32Array {
  const table = tables.get(ramp) ?? tabulate(ramp);
  tables.set(ramp, table);
  return table;
}

function tabulate(ramp: Colormap): Uint32Array {
  const table = new Uint32Array(65_536);
  for (let place = 0; place < 256; place++) {
    const [color, opacity] = [ramp.colors[evidenceColor(place)] as Color, evidenceOpacity(place)];
    for (let gray = 0; gray < 256; gray++) table[place * 256 + gray] = packColor(mix(color, opacity, gray));
  }
  return table;
}

/** Brightness as television weighs it (ITU-R BT.601), 0..255. */
function grayAt({ data }: Raster, index: number): number {
  const [red, green, blue] = [data[index * 4], data[index * 4 + 1], data[index * 4 + 2]] as [number, number, number];
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}
