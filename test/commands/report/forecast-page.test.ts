import { expect, it } from 'vitest';
import { forecastPage, type PlannedPage } from '../../../src/commands/report/forecast-page.js';

/** An image of the article's network, whose page has its convolutions alone. */
const plan: PlannedPage = {
  imageCount: 1,
  fullCount: 1,
  networkCount: 1,
  valueCount: 1_230_000,
  sharedBytes: 290_000,
  exact: false,
};

const of = (changes: Partial<PlannedPage>) => forecastPage({ ...plan, ...changes });

it('counts what is there once, once', () => {
  const thirty = { imageCount: 30, fullCount: 30 };
  expect(of({ ...thirty, sharedBytes: 3_290_000 }) - of(thirty)).toBe(3_000_000);
});

it('counts an image in full, an image that is shown small, and another network', () => {
  const full = of({ imageCount: 31, fullCount: 31 }) - of({ imageCount: 31, fullCount: 30 });
  const small = of({ imageCount: 31, fullCount: 12 }) - of({ imageCount: 30, fullCount: 12 });
  expect(full).toBeGreaterThan(100 * small);
  expect(of({ networkCount: 2, valueCount: 2 * plan.valueCount }) - of({})).toBeCloseTo(full, 5);
  expect(of({ exact: true })).toBeGreaterThan(1.1 * of({}));
});
