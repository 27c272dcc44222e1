// A layer without height and width: its units, a cell each.

import { formatNumber, formatSigned } from '../../../base/numbers.js';
import { nonValueIndex, normalizeValues, rangeScale } from '../../../rendering/normalize.js';
import type { LayerData } from '../../image-data.js';
import type { NetworkLayerData } from '../../page-data.js';
import { texts } from '../../texts/en.js';
import { addressOf } from '../address.js';
import { drawBar } from '../channel-bar.js';
import { create } from '../dom.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { describeHead } from './describe-head.js';
import type { GridLayout, Room } from './grid-layout.js';
import { keepPainted } from './keep-painted.js';
import { LayerGrid } from './layer-grid.js';
import { zoomOf } from './paint-grid.js';
import type { Units } from './units.js';

/** What is put into an image's stage. */
interface ShownUnits {
  element: HTMLElement;
  /** Paints it, when it is on the page. */
  paint(): void;
  /** the one that was chosen last */
  chosenChannel(): number | undefined;
  chooseChannel(number: number): void;
}

/** Of the page's pixels, with the line between. */
const [smallest, largest] = [4, 26];

export function showUnits(layer: NetworkLayerData, units: Units, image: PageImage, page: Page): ShownUnits {
  const { ramps } = page;
  const { values, columns } = units;
  const data = image.findLayer(layer.name);
  const grid = new LayerGrid({
    label: texts.layer.unitsOf(layer.name),
    legend: texts.layer.unitKeys,
    describe: (index) => describeUnit(index, units, data, image.data.contributionTo),
    open: (unit) => page.router.go(addressOfUnit(unit, layer, image, page)),
  });
  // A Flatten has rows of hundreds.
  grid.element.classList.add('scroll');
  const finite = values.filter(Number.isFinite);
  const range = { min: Math.min(0, ...finite), max: data?.probabilityOf ? 1 : Math.max(0, ...finite) };
  const paint = ({ width, unit, isPaper = false }: Room) => {
    const across = Math.min(Math.round(largest * unit), Math.max(smallest, Math.floor(width / columns)));
    const rows = Math.ceil(values.length / columns);
    const layout: GridLayout = {
      ...{ columns, count: values.length, width: across - 1, height: across - 1, across, down: across },
      ...{ totalWidth: columns * across, totalHeight: rows * across, unit, isPaper },
    };
    paintUnits(grid.canvas, values, layout, { ramp: ramps.viridis, range });
    grid.place(layout);
  };
  const bar = create('div', { className: 'color-bar' });
  drawBar(bar, ramps.viridis, [range.min, range.max].map(formatNumber));
  const head = describeHead(layer, data?.caption ?? texts.layer.flattened(layer.flattens ?? ''));
  const element = create(
    'section',
    { className: 'layer-view' },
    head,
    create('div', { className: 'choices' }, bar),
    grid.element,
  );
  element.setAttribute('aria-labelledby', 'layer-title');
  return {
    element,
    paint: () => keepPainted(grid.element, paint),
    chosenChannel: () => grid.chosen,
    chooseChannel: (unit) => grid.choose(unit),
  };
}

/** A unit has a place of its own; one of a Flatten is a cell of the maps before. */
function addressOfUnit(unit: number, { name, flattens }: NetworkLayerData, image: PageImage, { data }: Page): string {
  const [, width, channels] = data.network.find((layer) => layer.name === flattens)?.shape ?? [];
  if (flattens === undefined || width === undefined || channels === undefined) {
    return addressOf(image.section.id, name, unit);
  }
  const place = Math.floor(unit / channels);
  const cell = `${place % width},${Math.floor(place / width)}`;
  return addressOf(image.section.id, flattens, unit % channels, cell);
}

function paintUnits(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  layout: GridLayout,
  { ramp, range }: { ramp: Uint8ClampedArray; range: { min: number; max: number } },
): void {
  const zoom = zoomOf(layout);
  Object.assign(canvas, { width: layout.totalWidth * zoom, height: layout.totalHeight * zoom });
  canvas.style.width = `${layout.totalWidth}px`;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(zoom, zoom);
  normalizeValues(values, rangeScale(range)).forEach((place, index) => {
    const [red, green, blue] = place === nonValueIndex ? [255, 0, 0] : ramp.subarray(place * 4, place * 4 + 3);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    const [x, y] = [index % layout.columns, Math.floor(index / layout.columns)];
    context.fillRect(x * layout.across, y * layout.down, layout.width, layout.height);
  });
}

function describeUnit(
  index: number,
  { values, from }: Units,
  data: LayerData | undefined,
  className: string | undefined,
): string {
  const words = texts.layer;
  const contribution = data?.contribution?.[index];
  const said = [words.unit(index), ...(data?.probabilityOf?.slice(index, index + 1) ?? [])];
  if (from !== undefined) {
    const cell = Math.floor(index / from.channels);
    said.push(words.origin(index % from.channels, cell % from.width, Math.floor(cell / from.width)));
  }
  const value = values[index] as number;
  said.push(Number.isFinite(value) ? words.value(formatNumber(value)) : words.hasNonFinite);
  if (contribution !== undefined && className !== undefined)
    said.push(words.contributes(formatSigned(contribution), className));
  return said.join(' · ');
}
