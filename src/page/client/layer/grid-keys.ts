// Where arrow keys lead in a grid of tiles.

/**
 * Where an arrow key leads from a tile of a grid, as in a list that is broken into rows; undefined for other keys.
 *
 * @param columns tiles per row
 */
export function nextTile(key: string, index: number, count: number, columns: number): number | undefined {
  const within = (next: number) => (next >= 0 && next < count ? next : index);
  switch (key) {
    case 'ArrowRight':
      return within(index + 1);
    case 'ArrowLeft':
      return within(index - 1);
    case 'ArrowDown':
      return within(index + columns);
    case 'ArrowUp':
      return within(index - columns);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
