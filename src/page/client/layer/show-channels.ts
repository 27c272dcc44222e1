// A layer's channels with what is chosen for all of them: their order, and the scale of their colors.

import type { LayerData } from '../../image-data.js';
import type { NetworkLayerData } from '../../page-data.js';
import { texts } from '../../texts/en.js';
import { addressOf } from '../address.js';
import { type ChannelOrder, orderChannels } from '../channel-order.js';
import { createChoice } from '../choice.js';
import { create } from '../dom.js';
import { inputChannelName } from '../input-channels.js';
import type { LayerMaps } from '../layer-maps.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import type { ScaleName } from '../scale.js';
import { createSharedScaleChoice } from '../scale-choice.js';
import { describeHead } from './describe-head.js';
import { describeTile } from './describe-tile.js';
import { chooseTile, layOutGrid, type Room } from './grid-layout.js';
import { keepPainted } from './keep-painted.js';
import { LayerGrid } from './layer-grid.js';
import { paintGrid } from './paint-grid.js';
import { measureRoom } from './room.js';

/** What is chosen for all layers. */
export interface GridSettings {
  order: ChannelOrder | undefined;
  scale: ScaleName;
  isLarge: boolean;
}

interface ShownLayer {
  layer: NetworkLayerData;
  maps: LayerMaps;
  image: PageImage;
  page: Page;
  /** changed by who looks at it */
  settings: GridSettings;
}

interface ShownChannels {
  element: HTMLElement;
  /** Paints them, when the element is on the page. */
  paint(): void;
  focusChannel(number: number): void;
  /** the one that was chosen last */
  chosenChannel(): number | undefined;
  chooseChannel(number: number): void;
}

/** By contribution where it is known, until somebody chooses. */
export function chooseOrder(order: ChannelOrder | undefined, { contribution }: LayerData): ChannelOrder {
  if (order !== undefined && (order !== 'contribution' || contribution !== undefined)) return order;
  return contribution === undefined ? 'number' : 'contribution';
}

export function showChannels(shown: ShownLayer): ShownChannels {
  const { layer, maps, image, page, settings } = shown;
  const auc = page.data.channelReport?.layers[layer.name]?.auc;
  const contributionTo = image.data.contributionTo;
  const nameOf = (channel: number) => inputChannelName(page.data, layer.name, channel);
  const signed = maps.layer.contribution === undefined ? undefined : contributionTo;
  let order: number[] = [];
  const grid = new LayerGrid({
    label: texts.layer.channelsOf(layer.name),
    legend: `${texts.layer.keys} ${texts.layer.belowTiles(signed)}`,
    describe: (index) => {
      const channel = order[index] as number;
      return describeTile(maps, channel, { name: nameOf(channel), contributionTo, auc });
    },
    open: (index) => page.router.go(addressOf(image.section.id, layer.name, order[index] as number)),
  });
  const paint = (room: Room = measureRoom(grid.element)) => {
    order = orderChannels(maps.layer, settings.order ?? 'number', auc);
    const size = { count: order.length, width: maps.layer.width, height: maps.layer.height };
    const tile = chooseTile(size, room) * (settings.isLarge ? 2 : 1);
    const layout = layOutGrid(size, room, { tile, hasLabels: true });
    const labelOf = (channel: number) => nameOf(channel) ?? String(channel);
    paintGrid(grid.canvas, { maps, order, scale: settings.scale, layout, nameOf: labelOf }, page.ramps);
    grid.place(layout);
  };
  const head = describeHead(
    layer,
    layer.kind === 'InputLayer' ? '' : maps.layer.caption,
    createLargerButton(settings, () => paint()),
  );
  const choices = createChoices(shown, auc, paint);
  const element = create('section', { className: 'layer-view' }, head, choices, grid.element);
  element.setAttribute('aria-labelledby', 'layer-title');
  return {
    element,
    paint: () => keepPainted(grid.element, paint),
    focusChannel: (number) => grid.focus(Math.max(0, order.indexOf(number))),
    chosenChannel: () => (grid.chosen === undefined ? undefined : order[grid.chosen]),
    chooseChannel: (number) => grid.choose(Math.max(0, order.indexOf(number))),
  };
}

function createLargerButton(settings: GridSettings, paint: () => void): HTMLElement {
  const button = create('button', { type: 'button', className: 'open' }, texts.layer.larger);
  button.setAttribute('aria-pressed', String(settings.isLarge));
  button.addEventListener('click', () => {
    settings.isLarge = !settings.isLarge;
    button.setAttribute('aria-pressed', String(settings.isLarge));
    paint();
  });
  return button;
}

function createChoices({ maps, image, page, settings }: ShownLayer, auc: unknown, paint: () => void): HTMLElement {
  const words = texts.layer.orders;
  const { contributionTo } = image.data;
  const orders: Partial<Record<ChannelOrder, string>> = {
    ...(maps.layer.contribution &&
      contributionTo !== undefined && { contribution: words.contribution(contributionTo) }),
    ...{ number: words.number, mean: words.mean, max: words.max },
    ...(auc !== undefined && { auc: words.auc }),
  };
  const orderChoice = createChoice<ChannelOrder>(
    texts.layer.order,
    'order',
    orders,
    settings.order ?? 'number',
    (order) => {
      settings.order = order;
      paint();
    },
  );
  const isSigned = maps.layer.overall.min < 0;
  const shared = { scale: settings.scale, isSigned, ramps: page.ramps };
  const scales = createSharedScaleChoice('scale', shared, (scale) => {
    settings.scale = scale;
    paint();
  });
  return create('div', { className: 'choices' }, orderChoice, ...scales);
}
