// Paints all maps of a layer into one canvas.

import { strengthOf } from '../../../rendering/normalize.js';
import type { LayerMaps } from '../layer-maps.js';
import { colorChannel } from '../paint.js';
import type { Ramps } from '../ramp.js';
import type { ScaleName } from '../scale.js';
import { barHeight, type GridLayout, labelHeight, placeOfTile } from './grid-layout.js';

export interface GridPicture {
  maps: LayerMaps;
  /** the channels in their order */
  order: readonly number[];
  scale: ScaleName;
  layout: GridLayout;
  /** what stands below a channel */
  nameOf(channel: number): string;
}

/** Colors of the page that a canvas needs. */
interface Inks {
  ink: string;
  soft: string;
  line: string;
  /** of what speaks for a class, and against it */
  for: string;
  against: string;
}

export function paintGrid(canvas: HTMLCanvasElement, picture: GridPicture, ramps: Ramps): void {
  const { maps, order, scale, layout, nameOf } = picture;
  const { width, height } = maps.layer;
  const { unit } = layout;
  const zoom = zoomOf(layout);
  Object.assign(canvas, { width: layout.totalWidth * zoom, height: layout.totalHeight * zoom });
  canvas.style.width = `${layout.totalWidth}px`;
  const context = canvas.getContext('2d');
  const scratch = document.createElement('canvas');
  Object.assign(scratch, { width, height });
  const channel = scratch.getContext('2d');
  if (context === null || channel === null) return;
  const inks = readInks(canvas);
  context.scale(zoom, zoom);
  context.imageSmoothingEnabled = width > layout.width * zoom;
  context.font = `${11 * unit}px ${getComputedStyle(canvas).fontFamily}`;
  context.textAlign = 'center';
  order.forEach((number, index) => {
    const { x, y } = placeOfTile(layout, index);
    if (isConstant(maps, number)) paintCross(context, inks, { x, y, ...layout });
    else {
      channel.putImageData(colorChannel({ maps, number, scale }, ramps), 0, 0);
      context.drawImage(scratch, x, y, layout.width, layout.height);
    }
    const below = { x, y: y + layout.height + 2 * unit, width: layout.width, height: barHeight * unit };
    paintStrength(context, inks, strengthShare(maps, number), below);
    const sign = Math.sign(maps.layer.contribution?.[number] ?? 0);
    context.fillStyle = sign === 0 ? inks.soft : sign > 0 ? inks.for : inks.against;
    const label = `${nameOf(number)}${sign === 0 ? '' : sign > 0 ? ' ▴' : ' ▾'}`;
    context.fillText(label, x + layout.width / 2, y + layout.height + (barHeight + labelHeight - 1) * unit);
  });
}

/** Pixels of the canvas to one of the page: on paper there are more of them. */
export function zoomOf({ isPaper }: GridLayout): number {
  return Math.max(isPaper ? 3 : 1, devicePixelRatio);
}

/** A channel of one value everywhere: there is nothing to see in it. */
export function isConstant({ layer }: LayerMaps, number: number): boolean {
  return layer.min[number] === layer.max[number] && layer.nonFinite?.[number] === undefined;
}

/** The largest value of a channel, either side of 0, as a part of the layer's: 0..1. */
export function strengthShare({ layer }: LayerMaps, number: number): number {
  const largest = strengthOf(layer.overall);
  const own = strengthOf({ min: layer.min[number] as number, max: layer.max[number] as number });
  return largest > 0 ? own / largest : 0;
}

/** As the style sheet gives them to the canvas; a variable itself would be read as it is written, for both themes. */
function readInks(canvas: HTMLElement): Inks {
  const { color, outlineColor, borderTopColor, caretColor, textDecorationColor } = getComputedStyle(canvas);
  return { ink: color, soft: outlineColor, line: borderTopColor, for: caretColor, against: textDecorationColor };
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** In the place of a picture that would hold one color. */
function paintCross(context: CanvasRenderingContext2D, { soft, line }: Inks, { x, y, width, height }: Box): void {
  context.fillStyle = line;
  context.fillRect(x, y, width, height);
  context.strokeStyle = soft;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + width, y + height);
  context.moveTo(x + width, y);
  context.lineTo(x, y + height);
  context.stroke();
}

function paintStrength(
  context: CanvasRenderingContext2D,
  { ink, line }: Inks,
  share: number,
  { x, y, width, height }: Box,
): void {
  context.fillStyle = line;
  context.fillRect(x, y, width, height);
  context.fillStyle = ink;
  context.fillRect(x, y, Math.round(width * share), height);
}
