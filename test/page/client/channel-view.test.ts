// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { ChannelView } from '../../../src/page/client/channel-view.js';
import type { ChannelData, LayerData } from '../../../src/page/page-data.js';

const ramp = new Uint8ClampedArray(1024);
const channel = (caption: string, more: Partial<ChannelData> = {}) =>
  ({ caption, min: 0, max: 4, mean: 1.5, standardDeviation: 0.5, zeroFraction: 0.125, ...more }) as ChannelData;

let focus: (index: number) => void;
let view: ChannelView;

beforeEach(() => {
  document.body.innerHTML = '<dialog class="channel"></dialog>';
  focus = vi.fn();
  view = new ChannelView({ viridis: ramp, coolwarm: ramp, nonValue: ['ff0000', '000000'] });
});

function open(channels: ChannelData[], index = 0, contributionTo?: string) {
  const layer = {
    hasChannels: true,
    width: 3,
    height: 2,
    columns: 16,
    min: 0,
    max: 4,
    channels,
  } as unknown as LayerData;
  const shown = channels.map((_, number) => ({ number, layer, steps: new Uint16Array(6) }));
  view.open({ name: 'conv2d_1', contributionTo, channels: shown, scale: 'zscore', focus }, index);
}

const dialog = () => document.querySelector('dialog') as HTMLDialogElement;
const title = () => dialog().querySelector('h2')?.textContent;
const numbers = () =>
  [...dialog().querySelectorAll('dl div')].map(
    ({ children }) => `${children[0]?.textContent}: ${children[1]?.textContent}`,
  );
const press = (key: string, target: Element = dialog(), more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

test('a channel is shown with its name, its size, its caption and its numbers', () => {
  open([channel('fires on 88 % of pixels')]);
  expect(dialog().open).toBe(true);
  expect(title()).toBe('conv2d_1, channel 0');
  expect([...dialog().querySelectorAll('p')].map(({ textContent }) => textContent)).toEqual([
    '2 × 3',
    'fires on 88 % of pixels',
  ]);
  expect(numbers()).toEqual([
    'minimum: 0',
    'maximum: 4',
    'mean: 1.5',
    'standard deviation σ: 0.5',
    'exactly 0: 12.5 %',
  ]);
});

test('what adds to a class, and what is no number, has a row of its own where there is any', () => {
  // runs of numbers and of what is none, in turn
  open([channel('', { contribution: -2, nonFinite: [1, 2, 2, 1] })], 0, 'dogs');
  expect(numbers().slice(5)).toEqual(['contribution to dogs: −2', 'NaN or infinite: 3']);
});

test('buttons and arrow keys lead to the neighbors, around both ends', () => {
  open([channel('a'), channel('b'), channel('c')], 2);
  const steps = [() => press('ArrowRight'), () => press('ArrowLeft'), () => press('ArrowLeft')];
  const buttons = ['.next', '.next', '.previous'].map(
    (name) => () => dialog().querySelector<HTMLElement>(name)?.click(),
  );
  const titles = [...steps, ...buttons].map((act) => {
    act();
    return title()?.at(-1);
  });
  expect(titles).toEqual(['0', '2', '1', '2', '0', '2']);
});

test('an arrow key that means something else leads nowhere', () => {
  open([channel('a'), channel('b')]);
  press('ArrowRight', dialog().querySelector('input') as Element);
  for (const key of ['altKey', 'ctrlKey', 'metaKey']) press('ArrowRight', dialog(), { [key]: true });
  press('ArrowUp');
  expect(title()).toBe('conv2d_1, channel 0');
});

test.each<[string, () => void]>([
  ['its button', () => dialog().querySelector<HTMLElement>('.close')?.click()],
  ['Escape', () => dialog().dispatchEvent(new Event('cancel', { cancelable: true }))],
  ['a click beside it', () => dialog().dispatchEvent(new MouseEvent('click', { bubbles: true }))],
])('%s closes it at once, and the focus goes to the tile of the channel shown last', (_, close) => {
  open([channel('a'), channel('b')]);
  press('ArrowRight');
  dialog()
    .querySelector('h2')
    ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect([dialog().open, vi.mocked(focus).mock.calls]).toEqual([true, []]);
  close();
  expect([dialog().open, vi.mocked(focus).mock.calls]).toEqual([false, [[1]]]);
});
