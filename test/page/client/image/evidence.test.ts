// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { drawBar } from '../../../../src/page/client/channel-bar.js';
import { showEvidence } from '../../../../src/page/client/image/evidence.js';
import type { Ramps } from '../../../../src/page/client/ramp.js';
import { pixelOf, watchCanvases } from '../painted.js';

// from red to blue: what the colors are does not matter here
const ramp = Uint8ClampedArray.from({ length: 1024 }, (_, at) => [255 - (at >> 2), 0, at >> 2, 255][at % 4] as number);
const ramps: Ramps = { viridis: ramp, coolwarm: ramp, nonValue: ['ff0000', '000000'] };

afterEach(() => {
  vi.restoreAllMocks();
});

/** The evidence of one class on a photograph of 2 x 1, as the page has it. */
function open(data: object) {
  document.body.innerHTML = `
    <section class="evidence">
      <script type="application/json" class="evidence-data">${JSON.stringify(data)}</script>
      <div class="overlay" data-label="Evidence for cats"><svg class="cells"></svg></div>
      <p class="still">for those who have no script</p>
      <label class="fade" hidden><input type="range" min="0" max="100" value="100"></label>
      <div class="color-bar"></div>
    </section>`;
  const paintedOn = watchCanvases();
  const section = document.querySelector('section') as HTMLElement;
  const photograph = document.createElement('img');
  photograph.setAttribute('width', '200');
  photograph.setAttribute('height', '100');
  showEvidence(section, photograph, ramps);
  const slider = section.querySelector('input') as HTMLInputElement;
  const fade = (percent: number) => {
    slider.value = String(percent);
    slider.dispatchEvent(new Event('input'));
  };
  return {
    section,
    fade,
    opacity: () => section.style.getPropertyValue('--evidence'),
    map: () => paintedOn(section.querySelector('.overlay canvas')) as NonNullable<ReturnType<typeof paintedOn>>,
    bar: () => paintedOn(section.querySelector('.color-bar canvas')) as NonNullable<ReturnType<typeof paintedOn>>,
    labels: () => [...section.querySelectorAll('.labels span')].map(({ textContent }) => textContent),
  };
}

const both = {
  ...{ limit: 2, hasNegative: true, smooth: true, cells: { rows: [0.5], columns: [0.25, 0.75] } },
  maps: [{ width: 2, height: 1, values: [-2, 2] }],
};

test('a map is painted at the shape of its photograph, the more opaque the stronger, red where there is no number', () => {
  const { map } = open(both);
  const { picture, place } = map();
  expect([picture.width, picture.height, place]).toEqual([256, 128, [0, 0]]);
  expect(pixelOf(map(), 0, 64)).toEqual([255, 0, 0, Math.round(255 * 0.85)]);
  expect(pixelOf(map(), 255, 64)).toEqual([0, 0, 255, Math.round(255 * 0.85)]);
  expect(pixelOf(map(), 128, 64)[3]).toBeLessThan(8);
  const cells = open({ ...both, smooth: false, cells: { rows: [0.5], columns: [0.25, 0.5] } });
  expect(pixelOf(cells.map(), 110, 64)).toEqual([0, 0, 255, Math.round(255 * 0.85)]);
  expect(pixelOf(cells.map(), 200, 64)[3]).toBe(0);
  const missing = open({ ...both, maps: [{ width: 1, height: 1, values: [null] }] });
  expect(pixelOf(missing.map(), 5, 5)).toEqual([255, 0, 0, 255]);
});

test('the bar has the colors over a middle gray, as opaque as the slider says, and its ends in words', () => {
  const { bar, fade, opacity, labels } = open(both);
  const { picture, place } = bar();
  expect([picture.width, picture.height, place, labels()]).toEqual([256, 16, [0, 0], ['−2 against', '0', '2 for']]);
  const mix = (color: number, gray: number, share: number) => Math.round(gray + (color - gray) * share);
  const share = Math.round(255 * 0.85) / 255;
  expect(pixelOf(bar(), 255, 0)).toEqual([mix(0, 128, share), mix(0, 128, share), mix(255, 128, share), 255]);
  expect(pixelOf(bar(), 255, 15)).toEqual(pixelOf(bar(), 255, 0));
  fade(0);
  expect([opacity(), pixelOf(bar(), 255, 0), pixelOf(bar(), 255, 15)]).toEqual([
    '0',
    [128, 128, 128, 255],
    [128, 128, 128, 255],
  ]);
});

test('evidence without negative values has a bar from 0', () => {
  expect(open({ ...both, hasNegative: false }).labels()).toEqual(['0', '2 for']);
  expect(open({ ...both, limit: 0, hasNegative: false }).labels()).toEqual(['0']);
});

test('the slider shows itself where a script runs, and fades the maps; paper gets them whole', () => {
  const { section, fade, opacity } = open(both);
  expect([section.querySelector('.fade')?.hasAttribute('hidden'), opacity()]).toEqual([false, '1']);
  fade(40);
  expect(opacity()).toBe('0.4');
  dispatchEvent(new Event('beforeprint'));
  expect(opacity()).toBe('1');
  dispatchEvent(new Event('afterprint'));
  expect(opacity()).toBe('0.4');
});

test('a color bar holds the whole ramp from its left end, with its labels', () => {
  const paintedOn = watchCanvases();
  const place = document.createElement('div');
  place.textContent = 'what was there before';
  drawBar(place, ramp, ['low', 'high']);
  const { picture, place: at } = paintedOn(place.querySelector('canvas')) as NonNullable<ReturnType<typeof paintedOn>>;
  expect([picture.width, picture.height, at]).toEqual([256, 1, [0, 0]]);
  expect([...picture.data]).toEqual([...ramp]);
  expect(place.textContent).toBe('lowhigh');
});
