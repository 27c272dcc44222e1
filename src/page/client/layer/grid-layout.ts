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
  /** how much larger than usual what stands between and below the tiles is */
  unit: number;
  isPaper: boolean;
}

/** Between tiles. */
const gap = 6;
/** Below a map: the strength bar, and the channel's number. */
export const barHeight = 3;
export const labelHeight = 15;

/** The maps of a layer: how many, and of what size. */
interface Maps {
  count: number;
  width: number;
  height: number;
}

/** Where there is room: its width, its height as far as that is seen at once, and how much larger than usual texts are. */
export interface Room {
  width: number;
  height: number;
  unit: number;
  isPaper?: boolean;
}

/** A tile's width, in units. */
const [smallest, largest] = [66, 256];

/** The width of a tile: the largest with which all are seen at once; if none is, sixteen in a row, fewer on a phone, of many more. */
export function chooseTile({ count, width, height }: Maps, room: Room): number {
  const most = room.width < 560 ? 6 : count <= 256 ? 16 : 28;
  const least = Math.min(smallest * room.unit, Math.floor(room.width / most) - gap);
  const between = Math.round(gap * room.unit);
  for (let columns = 1; columns <= count; columns++) {
    const tile = Math.floor(Math.min(largest * room.unit, (room.width + between) / columns - between));
    if (tile <= least) return least;
    const down = (tile * height) / width + between + (barHeight + labelHeight) * room.unit;
    if (Math.ceil(count / columns) * down <= room.height) return tile;
  }
  return least;
}

/**
 * @param tile the width that a tile should have; never more than there is room for
 * @param hasLabels whether numbers stand below the tiles
 */
export function layOutGrid(
  maps: Maps,
  { width: room, unit, isPaper = false }: Room,
  { tile, hasLabels }: { tile: number; hasLabels: boolean },
): GridLayout {
  const between = hasLabels ? Math.round(gap * unit) : 1;
  const columns = Math.max(1, Math.min(maps.count, Math.floor((room + between) / (tile + between))));
  // Few maps are not larger than many.
  const full = Math.max(1, Math.floor((room + between) / (tile + between)));
  const width = Math.max(1, Math.floor((room + between) / full - between));
  const height = Math.max(1, Math.round((width * maps.height) / maps.width));
  const down = height + between + (hasLabels ? (barHeight + labelHeight) * unit : 0);
  const rows = Math.ceil(maps.count / columns);
  return {
    ...{ columns, count: maps.count, width, height, across: width + between, down, unit, isPaper },
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
