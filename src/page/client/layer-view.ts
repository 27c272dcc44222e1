import type { Normalization } from '../../rendering/normalize.js';
import type { LayerData } from '../page-data.js';
import { type ChannelOrder, orderChannels } from './channel-order.js';
import type { ChannelView } from './channel-view.js';
import { create, find, readData } from './dom.js';
import { nextTile } from './grid-keys.js';
import { type Channel, paintChannel } from './paint.js';
import type { Ramps } from './ramp.js';
import { readSprite, type Steps } from './sprite.js';

/** At most, in pixels of the page. */
const unitSize = 18;

/** A layer's channels as tiles: to be looked through with the arrow keys, each to be opened, all to be shown larger. */
export class LayerView {
  readonly name: string;
  /** the class whose score the channels' contributions are to, where they have any */
  readonly contributionTo: string | undefined;
  readonly #layer: LayerData;
  readonly #steps: readonly Steps[];
  readonly #ramps: Ramps;
  readonly #grid: HTMLElement;
  /** in the order in which they are shown, as the tiles are */
  channels: readonly Channel[] = [];
  #tiles: readonly HTMLButtonElement[] = [];
  scale: Normalization = 'zscore';

  /** Puts tiles in the place of the one picture that the page comes with. */
  static async open(section: HTMLElement, ramps: Ramps, channelView: ChannelView): Promise<LayerView> {
    const layer = readData<LayerData>(section, 'layer-data');
    const picture = find<HTMLImageElement>(section, '.grid img');
    const view = new LayerView(section, layer, await readSprite(picture.src, layer), ramps);
    const grid = view.#grid;
    grid.classList.add(layer.hasChannels ? 'tiles' : 'units');
    grid.classList.toggle('coarse', layer.width < 80);
    grid.setAttribute('role', 'group');
    grid.setAttribute('aria-label', picture.alt);
    grid.addEventListener('click', ({ target }) => {
      const index = view.#tiles.findIndex((tile) => target instanceof Node && tile.contains(target));
      if (index >= 0) channelView.open(view, index);
    });
    grid.addEventListener('keydown', (event) => view.#moveFocus(event));
    offerLargerTiles(section, grid);
    view.arrange('number');
    return view;
  }

  private constructor(section: HTMLElement, layer: LayerData, steps: readonly Steps[], ramps: Ramps) {
    this.name = find(section, 'h3').textContent;
    this.contributionTo = section.closest<HTMLElement>('[data-contribution-to]')?.dataset.contributionTo;
    this.#layer = layer;
    this.#steps = steps;
    this.#ramps = ramps;
    this.#grid = find(section, '.grid');
  }

  /** Shows the channels in another order. */
  arrange(order: ChannelOrder): void {
    const layer = this.#layer;
    this.channels = orderChannels(layer.channels, order).map((number) => {
      return { number, layer, steps: this.#steps[number] as Steps };
    });
    this.#tiles = this.channels.map((channel, index) => createTile(channel, index === 0));
    this.#grid.replaceChildren(...this.#tiles);
    this.paint(this.scale);
  }

  paint(scale: Normalization): void {
    this.scale = scale;
    this.channels.forEach((channel, index) => {
      const canvas = this.#tiles[index]?.querySelector('canvas');
      if (canvas) paintChannel(canvas, channel, scale, this.#ramps);
    });
  }

  /** Makes a tile the one that Tab reaches, and focuses it. */
  focus(index: number): void {
    for (const tile of this.#tiles) tile.tabIndex = -1;
    const tile = this.#tiles[index] as HTMLButtonElement;
    tile.tabIndex = 0;
    tile.focus();
  }

  #moveFocus(event: KeyboardEvent): void {
    const index = this.#tiles.indexOf(document.activeElement as HTMLButtonElement);
    if (index < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const firstTop = this.#tiles[0]?.offsetTop;
    const columns = this.#tiles.findIndex((tile) => tile.offsetTop !== firstTop);
    const next = nextTile(event.key, index, this.#tiles.length, columns < 0 ? this.#tiles.length : columns);
    if (next === undefined) return;
    event.preventDefault();
    this.focus(next);
  }
}

function createTile({ number, layer }: Channel, isFirst: boolean): HTMLButtonElement {
  const { min, max, nonFinite } = layer.channels[number] as LayerData['channels'][number];
  const isConstant = min === max && nonFinite === undefined;
  const state =
    nonFinite !== undefined
      ? ', NaN or infinite values'
      : !isConstant
        ? ''
        : max === 0
          ? ', all 0 on this image'
          : ', constant';
  const label = layer.hasChannels ? `Channel ${number}${state}` : 'All units, enlarged';
  const tile = create('button', { type: 'button', className: 'tile', tabIndex: isFirst ? 0 : -1 });
  tile.setAttribute('aria-label', label);
  const canvas = create('canvas');
  // A few units would else be as large as all channels of another layer.
  if (!layer.hasChannels) canvas.style.maxWidth = `${layer.width * unitSize}px`;
  tile.append(isConstant && layer.hasChannels ? createCross() : canvas);
  if (layer.hasChannels) tile.append(create('span', { className: 'number', textContent: String(number) }));
  return tile;
}

/** In the place of a picture that would hold one color. */
function createCross(): SVGElement {
  const cross = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  cross.setAttribute('viewBox', '0 0 10 10');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M0 0L10 10M10 0L0 10');
  cross.append(path);
  return cross;
}

function offerLargerTiles(section: HTMLElement, grid: HTMLElement): void {
  const button = section.querySelector<HTMLButtonElement>('button.open');
  if (button === null) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const isLarge = section.classList.toggle('large');
    grid.classList.toggle('large', isLarge);
    button.setAttribute('aria-expanded', String(isLarge));
    button.textContent = isLarge ? 'Show smaller' : 'Show larger';
  });
}
