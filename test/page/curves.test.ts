import { describe, expect, it } from 'vitest';
import { drawCurves } from '../../src/page/curves.js';

const paths = (text: string) =>
  [...text.matchAll(/<path class="series (\w+)" d="([^"]*)"/g)].map(([, ...found]) => found);

describe('curves', () => {
  it('a point lies where its epoch and its value are', () => {
    // 44 to 396 across, 210 up to 14: loss 0 to 2, accuracy .5 to 1
    const { text } = drawCurves({ trainingLoss: [2, 1, 0], trainingAccuracy: [0.5, 0.75, 1], bestEpoch: 2 });
    expect(paths(text)).toEqual([
      ['training', 'M44 14h0L220 112L396 210'],
      ['validation', ''],
      ['training', 'M44 210h0L220 112L396 14'],
      ['validation', ''],
    ]);
    expect(text).toContain('<path class="best" d="M220 14V210"/>');
    expect(text).toContain('aria-label="loss after 3 epochs: training 0.0000"');
    expect([...text.matchAll(/text-anchor="end">([^<]+)</g)].map(([, tick]) => tick)).toEqual([
      '0',
      '0.5',
      '1',
      '1.5',
      '2',
      '0.5',
      '0.6',
      '0.7',
      '0.8',
      '0.9',
      '1',
    ]);
  });

  it('a line is broken where numbers are missing', () => {
    const { text } = drawCurves({ trainingLoss: [1, null, 1, Number.NaN, 1], trainingAccuracy: [1, 1, 1, 1, 1] });
    expect(paths(text)[0]).toEqual(['training', 'M44 14h0M220 14h0M396 14h0']);
  });

  it('the names of lines that end together stand apart', () => {
    const { text } = drawCurves({
      trainingLoss: [1],
      trainingAccuracy: [1],
      validationLoss: [1],
      validationAccuracy: [1],
    });
    const heights = [...text.matchAll(/class="series-name \w+" x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(heights).toEqual([6, 22, 6, 22]);
  });
});
