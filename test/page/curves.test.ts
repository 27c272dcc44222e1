import { describe, expect, it } from 'vitest';
import { drawCurves } from '../../src/page/curves.js';

/** The lines of both drawings, by their color: where they begin and go on to. */
const linesOf = (text: string, variable: string) =>
  [...text.matchAll(/<path d="([^"]*)" stroke="var\((--\w+)\)" stroke-width="2"/g)]
    .filter(([, , color]) => color === variable)
    .map(([, path]) => path);

describe('curves', () => {
  it('are two images with a name, whose colors and font are those of the page', async () => {
    const { text } = await drawCurves({
      trainingLoss: [2, 1, 0],
      trainingAccuracy: [0.5, 0.75, 1],
      validationLoss: [2, 2, 1],
      validationAccuracy: [0.5, 0.5, 0.6],
      bestEpoch: 3,
    });
    expect([...text.matchAll(/<svg role="img" aria-label="([^"]+)"/g)].map(([, label]) => label)).toEqual([
      'loss after 3 epochs: training 0.0000, validation 1.0000',
      'accuracy after 3 epochs: training 1.0000, validation 0.6000',
    ]);
    const colors = new Set([...text.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, color]) => color));
    expect([...colors].filter((color) => !/^(?:none|transparent|var\(--\w+\))$/.test(color as string))).toEqual([]);
    expect(text).not.toMatch(/style=|font-family|id=|aria-(?!label)/);
    for (const word of ['training 0.0000', 'validation 1.0000', 'loss', 'accuracy', 'best: epoch 3'])
      expect(text).toContain(`>${word}<`);
  });

  it('a point lies where its epoch and its value are', async () => {
    const { text } = await drawCurves({ trainingLoss: [2, 1, 0], trainingAccuracy: [0.5, 0.75, 1] });
    // 10 pixels are left free at either side of 340; accuracy goes from .4 to 1 over 190
    expect(linesOf(text, '--accent')[1]).toBe('M10,158.333L170,79.167L330,0');
    expect(linesOf(text, '--second')).toEqual([]);
  });

  it('a line is broken where numbers are missing', async () => {
    const { text } = await drawCurves({
      trainingLoss: [1, 1, null, 1, 1, Number.NaN, 1],
      trainingAccuracy: [1, 1, 1, 1, 1, 1, 1],
    });
    expect(linesOf(text, '--accent').map((path) => path?.match(/[ML]/g)?.join(''))).toEqual([
      'ML',
      'ML',
      'M',
      'MLLLLLL',
    ]);
  });
});
