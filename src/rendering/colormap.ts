import { badArgument } from '../base/errors.js';
import { type Color, packColor } from '../base/raster.js';
import { cividisTable, coolwarmTable, grayTable, infernoTable, magmaTable, viridisTable } from './colormap-tables.js';
import { colors as pageColors } from './style.js';

const tables = {
  viridis: viridisTable,
  magma: magmaTable,
  inferno: infernoTable,
  gray: grayTable,
  cividis: cividisTable,
  coolwarm: coolwarmTable,
};

export type ColormapName = keyof typeof tables;

export const colormapNames = Object.keys(tables) as ColormapName[];

/** 256 colors from low to high. */
export interface Colormap {
  name: ColormapName;
  colors: readonly Color[];
  /** the same, one number a pixel as in `pixelView`; the 257th is the color of non-values */
  packed: Uint32Array;
}

const built = new Map<string, Colormap>();

/** The ramp of this name. Throws BAD_ARGUMENT when there is none. */
export function getColormap(name: ColormapName): Colormap {
  const table = tables[name];
  if (table === undefined) throw badArgument('colormap', `one of ${colormapNames.join(', ')}`, name);
  const colormap = built.get(name) ?? buildColormap(name, table);
  built.set(name, colormap);
  return colormap;
}

function buildColormap(name: ColormapName, table: string): Colormap {
  const part = (position: number) => Number.parseInt(table.slice(position, position + 2), 16);
  const colors = Array.from({ length: 256 }, (_, entry): Color => {
    return [part(entry * 6), part(entry * 6 + 2), part(entry * 6 + 4)];
  });
  return { name, colors, packed: Uint32Array.from([...colors, pageColors.nonValue[0]], packColor) };
}
