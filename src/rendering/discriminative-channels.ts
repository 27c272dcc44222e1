// Channels beside the images that activate them most, with bars.

import { measurePlanes, type Plane, type PlaneStatistics } from '../base/plane.js';
import { type Color, fillRectangle, pixelView, type Raster } from '../base/raster.js';
import { minmaxBar } from './color-bar.js';
import { getColormap } from './colormap.js';
import { densityPanelHeight, paintDensities, type Spread } from './density-panel.js';
import { chooseScale, normalizeValues } from './normalize.js';
import { explainMarks, isConstant } from './notes.js';
import { type Note, renderPage } from './page.js';
import { textUnit } from './style.js';
import { crossOut, enlargement, paintMap } from './tile.js';

/** A channel, the image that activates it most, and what it does there. */
export interface DiscriminativeChannel {
  /** its number in its layer */
  channel: number;
  /** as the network got it */
  photograph: Raster;
  plane: Plane;
  caption: string;
  /** beside the tile: 0..1 of its height, and the class's color */
  bar: { fraction: number; color: Color } | null;
  /** below both: how images are spread over the channel's means */
  densities: Spread | null;
}

export interface DiscriminativeSheet {
  title: string;
  subtitle: string;
  entries: readonly DiscriminativeChannel[];
  /** what the colors stand for */
  legend: readonly { text: string; color: Color }[];
  /** what is to be said below */
  sentences: readonly string[];
}

/** Pixels to which an image and a map are enlarged, approximately. */
const tileSize = 144;
const columns = 4;
const [barGap, barWidth] = [4, 12];
const [gap, densitiesGap] = [16, 8];
const barGround: Color = [232, 232, 236];

/**
 * Channels with their images in pairs, each pair with its bar and its densities. All images are of one size, and all maps.
 */
export function renderDiscriminativeChannels(sheet: DiscriminativeSheet): Raster {
  const { title, subtitle, entries, legend, sentences } = sheet;
  const [first] = entries as [DiscriminativeChannel];
  const { photograph, plane } = first;
  const colormap = getColormap('viridis');
  const photographFactor = enlargement(photograph.width, photograph.height, tileSize);
  const factor = enlargement(plane.width, plane.height, tileSize);
  const [left, right] = [photograph.width * photographFactor, plane.width * factor];
  const height = Math.max(photograph.height * photographFactor, plane.height * factor);
  const width = left + 1 + right + barGap + barWidth;
  const unit = textUnit(Math.min(columns, entries.length) * (width + gap));
  const statistics = entries.map((entry) => measurePlanes([entry.plane]));
  const scaleOf = (channel: PlaneStatistics) => chooseScale('minmax', channel, channel);
  return renderPage({
    title,
    subtitle,
    bar: minmaxBar(colormap),
    cells: {
      count: entries.length,
      columns,
      width: width + gap,
      height: height + densitiesGap + densityPanelHeight(unit),
    },
    numbered: false,
    captions: entries.map(({ caption }) => caption),
    notes: [
      ...legend.map(explainColor),
      ...sentences.map((text) => ({ text })),
      ...explainMarks(
        statistics,
        entries.map(({ channel }) => channel),
        scaleOf,
        colormap,
      ),
    ],
    paintCell(target, index, x, y) {
      const entry = entries[index] as DiscriminativeChannel;
      const measured = statistics[index] as PlaneStatistics;
      copyEnlarged(target, entry.photograph, x, y, photographFactor);
      const indexes = normalizeValues(entry.plane.values, scaleOf(measured));
      paintMap(target, { ...plane, indexes }, x + left + 1, y, factor, colormap);
      if (isConstant(measured)) crossOut(target, x + left + 1, y, right, plane.height * factor);
      if (entry.bar !== null) paintBar(target, entry.bar, x + left + 1 + right + barGap, y, height);
      if (entry.densities !== null) {
        paintDensities(target, entry.densities, { x, y: y + height + densitiesGap, width, unit });
      }
    },
  });
}

function explainColor({ text, color }: { text: string; color: Color }): Note {
  return { text, paintSample: (raster, x, y, size) => fillRectangle(raster, x, y, size, size, color) };
}

function paintBar(
  raster: Raster,
  { fraction, color }: NonNullable<DiscriminativeChannel['bar']>,
  x: number,
  y: number,
  height: number,
): void {
  const filled = Math.round(height * fraction);
  fillRectangle(raster, x, y, barWidth, height, barGround);
  fillRectangle(raster, x, y + height - filled, barWidth, filled, color);
}

function copyEnlarged(target: Raster, picture: Raster, x: number, y: number, factor: number): void {
  const [from, to] = [pixelView(picture), pixelView(target)];
  for (let row = 0; row < picture.height * factor; row++) {
    const start = Math.floor(row / factor) * picture.width;
    for (let column = 0; column < picture.width * factor; column++) {
      to[(y + row) * target.width + x + column] = from[start + Math.floor(column / factor)] as number;
    }
  }
}
