// The colors of classes in pictures.

import type { Color } from '../base/raster.js';
import { seriesColors } from './charts/chart-style.js';

/** As in the charts; without the last two, black and gray. */
const classColors = seriesColors.slice(0, 6).map((hex): Color => {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [red as number, green as number, blue as number];
});

/** The color of a class, by its index: from the seventh class on they come again. */
export function colorOfClass(index: number): Color {
  return classColors[index % classColors.length] as Color;
}
