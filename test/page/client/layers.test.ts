// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import type { ChannelView } from '../../../src/page/client/channel-view.js';
import { LayerView } from '../../../src/page/client/layer-view.js';
import { showLayers } from '../../../src/page/client/layers.js';
import type { Ramps } from '../../../src/page/client/ramp.js';

const ramp = new Uint8ClampedArray(1024);
const ramps: Ramps = { viridis: ramp, coolwarm: ramp, nonValue: ['ff0000', '000000'] };
const channelView = {} as ChannelView;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The layers of an image on a page, and what is asked of each of them in turn. */
async function open(attributes = '') {
  document.body.innerHTML = `
    <section class="layer">of another image</section>
    <section id="image-2" ${attributes}>
      <div class="choices">Needs a script</div>
      <section class="layer">conv2d_1</section>
      <section class="layer">dense_1</section>
    </section>`;
  const calls: string[] = [];
  vi.spyOn(LayerView, 'open').mockImplementation(async (part, ...rest) => {
    expect(rest).toEqual([ramps, channelView]);
    const name = part.textContent;
    calls.push(`open ${name}`);
    const view = {
      paint: (scale: string) => calls.push(`paint ${name} ${scale}`),
      arrange: (order: string) => calls.push(`arrange ${name} ${order}`),
    };
    return view as unknown as LayerView;
  });
  const section = document.querySelector('#image-2') as HTMLElement;
  await showLayers(section, ramps, channelView);
  const place = section.querySelector('.choices') as HTMLElement;
  const choose = (group: string, value: string) => {
    calls.length = 0;
    place.querySelector(`input[name="${group}"][value="${value}"]`)?.dispatchEvent(new Event('change'));
    return [...calls];
  };
  return { calls: [...calls], place, choose };
}

test('layers of this image are opened one after the other, each painted before the next', async () => {
  const { calls } = await open();
  expect(calls).toEqual(['open conv2d_1', 'paint conv2d_1 zscore', 'open dense_1', 'paint dense_1 zscore']);
});

test('what is there without a script gives way to the choice of a scale with its bar, and of an order', async () => {
  const { place } = await open();
  const groups = [...place.querySelectorAll('legend')].map(({ textContent }) => textContent);
  expect(groups).toEqual(['Colors from', 'Order']);
  expect(place.textContent).not.toContain('Needs a script');
  expect(place.querySelectorAll('.color-bar canvas')).toHaveLength(1);
  const checked = [...place.querySelectorAll('input')].filter((input) => input.checked);
  expect(checked.map(({ name, value }) => [name, value])).toEqual([
    ['image-2-scale', 'zscore'],
    ['image-2-order', 'number'],
  ]);
});

test('a scale paints every layer again, an order arranges every layer', async () => {
  const { choose } = await open();
  expect(choose('image-2-scale', 'layer')).toEqual(['paint conv2d_1 layer', 'paint dense_1 layer']);
  expect(choose('image-2-order', 'mean')).toEqual(['arrange conv2d_1 mean', 'arrange dense_1 mean']);
});

test.each([
  ['', ['number: by number', 'mean: by mean', 'max: by maximum']],
  [
    'data-contribution-to="dogs"',
    ['number: by number', 'contribution: by contribution to dogs', 'mean: by mean', 'max: by maximum'],
  ],
])('channels can be ordered by contribution where the page has one (%s)', async (attributes, orders) => {
  const { place } = await open(attributes);
  const inputs = [...place.querySelectorAll<HTMLInputElement>('input[name="image-2-order"]')];
  expect(inputs.map(({ value, parentElement }) => `${value}: ${parentElement?.textContent}`)).toEqual(orders);
});
