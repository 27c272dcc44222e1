import { expect, it } from 'vitest';
import { renderEvidence } from '../../src/page/evidence.js';
import type { ImageSummary } from '../../src/page/summary.js';

/** The words about a map of 2 x 2 cells. */
function describe(...values: number[]): string {
  const shown = { width: 2, height: 2, values: Float32Array.from(values) };
  const cells = { rows: [0.25, 0.75], columns: [0.25, 0.75] };
  const map = { className: 'cats', probability: 0.5, score: 0, shown, isPredicted: true };
  const evidence = {
    title: 'HiResCAM',
    layerName: 'conv',
    cells,
    cellsSentence: '4 cells',
    smooth: false,
    maps: [map],
  };
  return renderEvidence({ evidence, width: 20, height: 20 } as unknown as ImageSummary, 'image-1').text;
}

it('says of a map of nearly one color that it hardly differs from cell to cell', () => {
  expect(describe(0.003, 0.0031, 0.0034, 0.0033)).toContain(
    'Evidence for cats hardly differs from cell to cell (0.003 to 0.0034): no part of the image stands out.',
  );
  expect(describe(-5, -5, -5, -5)).toContain('hardly differs');
});

it.each([[[0, 0, 1, 0]], [[3, 2, 3, 3]], [[-1, 1, 1, 1]], [[0, 0, 0, 0]], [[1, 1, 1, Number.NaN]]])(
  'says nothing of the kind of %j',
  (values) => {
    expect(describe(...values)).not.toContain('hardly differs');
  },
);
