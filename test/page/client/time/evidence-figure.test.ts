// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import type { Ramps } from '../../../../src/page/client/ramp.js';
import { EvidenceFigure } from '../../../../src/page/client/time/evidence-figure.js';
import type { TimeImage } from '../../../../src/page/time/time-data.js';
import { pixelOf, watchCanvases } from '../painted.js';

// from red to blue: what the colors are does not matter here
const ramp = Uint8ClampedArray.from({ length: 1024 }, (_, at) => [255 - (at >> 2), 0, at >> 2, 255][at % 4] as number);
const ramps: Ramps = { viridis: ramp, coolwarm: ramp, nonValue: ['ff0000', '000000'] };
const classNames = Array.from({ length: 9 }, (_, index) => `class ${index}`);

afterEach(() => {
  vi.restoreAllMocks();
});

/** Of one cell each, the most probable class first. */
function imageOf(maps: Record<number, number | null>): TimeImage {
  const cells = { rows: [0.5], columns: [0.5] };
  const list = Object.entries(maps).map(([index, value]) => ({ classIndex: Number(index), values: [value] }));
  return {
    probabilities: [0.2, 0.5, 0.3],
    layers: [],
    evidence: { layer: 'conv', width: 1, height: 1, cells, maps: list },
  };
}

function open(limit: number, classes: readonly number[]) {
  const paintedOn = watchCanvases();
  const figure = new EvidenceFigure({ name: 'a.png', picture: 'data:,' }, ramps);
  return {
    bar: figure.element.querySelector('.color-bar') as HTMLElement,
    paintedOn,
    show(maps: Record<number, number | null>) {
      figure.show(imageOf(maps), classNames, { limit, classes }, 'epoch 1 of 2');
      return [...figure.element.querySelectorAll('figure')].map((each) => ({
        says: each.textContent?.trim(),
        canvas: each.querySelector('canvas') as HTMLCanvasElement,
        isHidden: each.hidden,
      }));
    },
  };
}

test('a picture keeps its class from epoch to epoch, and says where an epoch has no map of it', () => {
  const { show, paintedOn } = open(1, [0, 1, 2]);
  const first = show({ 2: 1, 0: -1 });
  const none = 'no map: not among the most probable';
  expect(first.map(({ says, canvas }) => [says, canvas.hidden])).toEqual([
    ['class 0', false],
    [`class 1 ${none}`, true],
    ['class 2', false],
  ]);
  const second = show({ 1: 1, 2: -1 });
  expect(second.map(({ says, canvas }) => [says, canvas.hidden])).toEqual([
    [`class 0 ${none}`, true],
    ['class 1', false],
    ['class 2', false],
  ]);
  expect(second.map(({ canvas }) => canvas)).toEqual(first.map(({ canvas }) => canvas));
  const colors = second.slice(1).map(({ canvas }) => pixelOf(paintedOn(canvas) as never, 100, 100).slice(0, 3));
  expect(colors).toEqual([
    [0, 0, 255],
    [255, 0, 0],
  ]);
});

test('of many classes those without a map take no room', () => {
  const shown = open(1, [0, 1, 2, 3, 4, 5, 6]).show({ 6: 1, 2: 1 });
  expect(shown.filter(({ isHidden }) => !isHidden).map(({ says }) => says)).toEqual(['class 2', 'class 6']);
});

test('what is not a number is said below the picture, and has no scale', () => {
  const { show, bar } = open(0, [0, 1]);
  const says = show({ 0: null, 1: null }).map((figure) => figure.says);
  expect(says).toEqual([0, 1].map((index) => `class ${index} not a number in 1 of 1 cell`));
  expect(bar.hidden).toBe(true);
});
