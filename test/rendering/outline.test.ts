import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findGlyphs } from '../../src/rendering/glyphs.js';
import { coverOutline, type Mask } from '../../src/rendering/outline.js';

const inked = ({ coverage }: Mask) => coverage.reduce((sum, value) => sum + value, 0);

test('pixels are covered by as much as lies in the shape', () => {
  const square = coverOutline('m5 -5l20 0l0 -20l-20 0', 0.1);
  expect(square).toMatchObject({ left: 0, top: 0, width: 4, height: 3 });
  expect(Array.from(square.coverage, (value) => Number(value.toFixed(4)))).toEqual([
    ...[0.25, 0.5, 0.25, 0],
    ...[0.5, 1, 0.5, 0],
    ...[0.25, 0.5, 0.25, 0],
  ]);
});

test('a hole stays open, and where two parts overlap the ink is not doubled', () => {
  const hole = coverOutline('m0 0l40 0l0 -40l-40 0m10 10l20 0l0 20l-20 0', 1);
  expect(inked(hole)).toBeCloseTo(40 * 40 - 20 * 20, 3);
  const cross = coverOutline('m10 0l10 0l0 -30l-10 0m-10 20l30 0l0 -10l-30 0', 1);
  expect(inked(cross)).toBeCloseTo(2 * 300 - 100, 3);
});

test('the ink of any triangle is its area', () => {
  const place = fc.integer({ min: -300, max: 300 });
  fc.assert(
    fc.property(fc.tuple(place, place, place, place), ([ax, ay, bx, by]) => {
      const mask = coverOutline(`m17 -9l${ax} ${ay}l${bx} ${by}`, 0.07);
      const area = (Math.abs(ax * (ay + by) - ay * (ax + bx)) / 2) * 0.07 ** 2;
      expect(Math.abs(inked(mask) - area)).toBeLessThan(1e-3);
      expect(mask.coverage.every((value) => value >= 0 && value <= 1)).toBe(true);
    }),
  );
});

test('letters look as resvg draws the same outlines', async () => {
  await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const scale = 14 / 656;
  for (const [, outline] of findGlyphs('Kätzchen chó кошка ψάρι 0123456789@&%')) {
    const { left, top, width, height, coverage } = coverOutline(outline, scale);
    if (width === 0) continue;
    const path = `<path transform="translate(${-left} ${-top}) scale(${scale} ${-scale})" d="${outline}"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${path}</svg>`;
    const { pixels } = new Resvg(svg).render();
    const differences = Array.from(coverage, (value, index) =>
      Math.abs(value - (pixels[index * 4 + 3] as number) / 255),
    );
    // resvg samples four lines of a pixel
    expect(Math.max(...differences)).toBeLessThan(0.25);
    expect(differences.reduce((sum, each) => sum + each, 0) / differences.length).toBeLessThan(0.04);
  }
});
