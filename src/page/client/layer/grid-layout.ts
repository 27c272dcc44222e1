// Where the tiles of a layer lie on its one canvas.

export interface GridLayout {
  columns: number;
  count: number;
  /** of a tile's map; pixels of the page */
  width: number;
  height: number;
  /** from one tile to the next */
  across: number;
  down: number;
  /** of all tiles */
  totalWidth: number;
  totalHeight: number;
}

/** Between tiles. */
const gap = 6;
/** Below a map: the strength bar, and the channel's number. */
export const barHeight = 3;
export const labelHeight = 15;

/**
 * @param room the width there is
 * @param tile the width that a tile should have; never more than there is room for
 * @param hasLabels whether numbers stand below the tiles
 */
export function layOutGrid(
  maps: { count: number; width: number; height: number },
  { room, tile, hasLabels }: { room: number; tile: number; hasLabels: boolean },
): GridLayout {
  const between = hasLabels ? gap : 1;
  const columns = Math.max(1, Math.min(maps.count, Math.floor((room + between) / (tile + between))));
  // Few maps are not larger than many.
  const full = Math.max(1, Math.floor((room + between) / (tile + between)));
  const width = Math.max(1, Math.floor((room + between) / full) - between);
  const height = Math.max(1, Math.round((width * maps.height) / maps.width));
  const down = height + between + (hasLabels ? barHeight + labelHeight : 0);
  const rows = Math.ceil(maps.count / columns);
  return {
    ...{ columns, count: maps.count, width, height, across: width + between, down },
    totalWidth: columns * (width + between) - between,
    totalHeight: rows * down,
  };
}

/** Where a tile lies. */
export function placeOfTile(layout: GridLayout, index: number): { x: number; y: number } {
  return { x: (index % layout.columns) * layout.across, y: Math.floor(index / layout.columns) * layout.down };
}

/** The tile at a point; undefined beside all of them. */
export function tileAt(layout: GridLayout, x: number, y: number): number | undefined {
  const [column, row] = [Math.floor(x / layout.across), Math.floor(y / layout.down)];
  const index = row * layout.columns + column;
  return column >= 0 && row >= 0 && column < layout.columns && index < layout.count ? index : undefined;
}
