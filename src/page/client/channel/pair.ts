// One channel: its map beside the image with one crosshair on both, and the chosen value as it is computed.

import { formatWithin } from '../../../base/numbers.js';
import { texts } from '../../texts/en.js';
import type { Cell, Values } from '../computation/cell.js';
import { create } from '../dom.js';
import { cellByKey, cellOnMap, cellOnPhotograph, type Geometry, locateCell, type Place } from './crosshair.js';

/** A channel that is looked at, and what is to be done when a cell is chosen. */
export interface ShownChannel {
  layer: string;
  channel: number;
  values: Values;
  geometry: Geometry;
  /** whether it is a channel of the image itself */
  isInput: boolean;
  /** how far a value may be from what the network computed */
  accuracy: number;
  /** the image's address, and how large it is */
  photograph: { src: string; width: number; height: number };
  /** Paints the map, a pixel a cell. */
  paint(canvas: HTMLCanvasElement): void;
  /** A cell is looked at. */
  look(cell: Place): void;
  /** It is to stay: by a click, or a key. */
  keep(cell: Place): void;
}

/** Both pictures of a channel. */
export interface ChannelPair {
  element: HTMLElement;
  /** Moves the crosshair. */
  show(cell: Place): void;
  /** Paints the map again. */
  paint(): void;
}

/** The map and the image side by side. */
export function createPair(shown: ShownChannel): ChannelPair {
  const { layer, channel, geometry, photograph } = shown;
  const canvas = create('canvas', { className: 'map' });
  canvas.ariaHidden = 'true';
  const mapMarks = createMarks();
  const map = create('div', { className: 'picture on-map', tabIndex: 0 }, canvas, mapMarks.element);
  // In the image's proportions, so that what lies at one place lies there in both.
  map.style.aspectRatio = `${photograph.width} / ${photograph.height}`;
  map.setAttribute('role', 'application');
  map.setAttribute('aria-label', texts.channelView.map(layer, channel));
  map.setAttribute('aria-describedby', 'cell-reading');
  const image = create('img', { ...photograph, alt: texts.channelView.photograph });
  const photographMarks = createMarks();
  const picture = create('div', { className: 'picture on-image' }, image, photographMarks.element);
  const reading = create('p', { className: 'cell-reading', id: 'cell-reading' });
  reading.setAttribute('aria-live', 'polite');
  let current: Place = { x: 0, y: 0 };
  const show = (cell: Place) => {
    current = cell;
    const { x, y, seen } = locateCell(cell, geometry);
    mapMarks.show({ x: (cell.x + 0.5) / geometry.width, y: (cell.y + 0.5) / geometry.height }, cellBox(cell, geometry));
    photographMarks.show({ x, y }, seen);
    reading.textContent = describeCell({ channel, ...cell }, shown);
  };
  follow(map, (place) => cellOnMap(place, geometry), shown);
  follow(picture, (place) => cellOnPhotograph(place, geometry), shown);
  map.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = cellByKey(event.key, current, geometry, event.shiftKey);
    if (next === undefined) return;
    event.preventDefault();
    // On the map arrow keys lead from cell to cell, elsewhere from channel to channel.
    event.stopPropagation();
    shown.keep(next);
  });
  const paint = () => shown.paint(canvas);
  paint();
  const element = create('div', { className: 'pair' }, map, picture, reading);
  return { element, show, paint };
}

/** The chosen cell in words. */
function describeCell(cell: Cell, { values, geometry, isInput, accuracy }: ShownChannel): string {
  const { field, inputHeight, inputWidth } = geometry;
  const reading = texts.channelView.reading(cell, formatWithin(values.at(cell), accuracy));
  if (isInput) return reading;
  if (field === undefined) return `${reading} ${texts.channelView.seesAll}`;
  const { rows, columns } = field;
  const range = ({ from, to }: typeof rows, at: number) =>
    texts.channelView.range(from[at] as number, (to[at] as number) - 1);
  return `${reading} ${texts.channelView.sees(range(columns, cell.x), range(rows, cell.y), texts.channelView.size(inputHeight, inputWidth))}`;
}

const cellBox = ({ x, y }: Place, { width, height }: Geometry) => ({
  left: x / width,
  top: y / height,
  width: 1 / width,
  height: 1 / height,
});

/** A pointer over a picture looks at the cell under it; a click keeps it. */
function follow(picture: HTMLElement, cellAt: (place: Place) => Place, { look, keep }: ShownChannel): void {
  const placeOf = ({ clientX, clientY }: MouseEvent) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    return cellAt({ x: (clientX - left) / width, y: (clientY - top) / height });
  };
  picture.addEventListener('pointermove', (event) => look(placeOf(event)));
  picture.addEventListener('click', (event) => keep(placeOf(event)));
}

type Box = { left: number; top: number; width: number; height: number };

/** A crosshair and a rectangle over a picture. */
function createMarks(): { element: HTMLElement; show(place: Place, box: Box | undefined): void } {
  const [across, down, box] = ['across', 'down', 'box'].map((className) => create('span', { className })) as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  const element = create('div', { className: 'marks' }, across, down, box);
  element.ariaHidden = 'true';
  const percent = (fraction: number) => `${100 * fraction}%`;
  return {
    element,
    show(place, seen) {
      across.style.top = percent(place.y);
      down.style.left = percent(place.x);
      box.hidden = seen === undefined;
      for (const [side, fraction] of Object.entries(seen ?? {})) box.style.setProperty(side, percent(fraction));
    },
  };
}

/** The cell with the largest value, of equals the first. */
export function strongestCell(values: Values, channel: number): Place {
  let best = { x: 0, y: 0, value: Number.NEGATIVE_INFINITY };
  for (let y = 0; y < values.height; y++) {
    for (let x = 0; x < values.width; x++) {
      const value = values.at({ channel, x, y });
      if (value > best.value) best = { x, y, value };
    }
  }
  return { x: best.x, y: best.y };
}
