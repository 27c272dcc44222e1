import { describe, expect, test } from 'vitest';
import { summarizeScore } from '../../../src/page/score/summarize-score.js';
import { renderScore } from '../../../src/page/score-part.js';

/** Values and weights that differ in every unit: the product of unit i is about (i - 20) / 7. */
const values = Float32Array.from({ length: 40 }, (_, unit) => (unit % 3 === 0 ? 0 : 0.5 + (unit % 5)));
const kernelOf = (units: number) => ({
  shape: [40, units],
  values: Float32Array.from({ length: 40 * units }, (_, index) => Math.sin(1 + index * 1.7)),
});
const scoring = { layer: 'dense_2', before: 'dense_1' };

/** The numbers of a column of amounts, as they are printed. */
function amounts(markup: string): number[] {
  return [...markup.matchAll(/<td class="amount">([^<]+)<\/td>/g)].map(([, text = '']) => {
    return Number(text.replaceAll(',', '').replace('\u2212', '-'));
  });
}

test('one sigmoid unit: terms and bias add up to the score, as printed, and the score to the probability', () => {
  const kernel = kernelOf(1);
  const bias = Float32Array.of(-0.25);
  const summary = summarizeScore(values, { ...scoring, link: 'sigmoid', kernel, bias }, ['cats', 'dogs']);
  const [score] = summary.scores;
  const exact = values.reduce((sum, value, unit) => sum + value * (kernel.values[unit] as number), -0.25);
  expect(score?.score).toBeCloseTo(exact, 6);
  expect([score?.className, summary.otherClass, score?.terms.length, score?.against.length]).toEqual([
    'dogs',
    'cats',
    8,
    8,
  ]);
  const probability = 1 / (1 + Math.exp(-exact));
  const { text } = renderScore(summary, 'score', { className: 'dogs', probability });
  const printed = amounts(text);
  const total = printed.pop() as number;
  expect(printed).toHaveLength(18);
  expect(printed.reduce((sum, each) => sum + each, 0)).toBeCloseTo(total, 9);
  expect(Math.abs(total - exact)).toBeLessThan(1e-3);
  const [, said = ''] = /The sigmoid turns a score of [^ ]+ into a probability of ([\d.]+) for dogs/.exec(text) ?? [];
  expect(Math.abs(Number(said) - probability)).toBeLessThan(1e-3);
});

test('a sigmoid unit below 0 is shown for the other class, with the signs turned', () => {
  const kernel = { shape: [3, 1], values: Float32Array.of(-2, 1, -4) };
  const summary = summarizeScore(
    Float32Array.of(1, 1, 1),
    { ...scoring, link: 'sigmoid', kernel, bias: Float32Array.of(0.5) },
    ['cats', 'dogs'],
  );
  const [score] = summary.scores;
  expect([score?.className, summary.otherClass, score?.score, score?.bias]).toEqual(['cats', 'dogs', 4.5, -0.5]);
  expect(score?.terms).toEqual([
    { unit: 2, value: 1, weight: 4 },
    { unit: 0, value: 1, weight: 2 },
  ]);
  const { text } = renderScore(summary, 'score', { className: 'cats', probability: 0.989 });
  expect(text).toContain('gives the score for dogs. Here its weights and its bias have the opposite sign');
  expect(text).toContain('a score of 4.5000 into a probability of 0.9890 for cats');
  expect(text).not.toContain('spread over many');
});

test('a rest that is more than any single unit is said', () => {
  const kernel = { shape: [100, 1], values: new Float32Array(100).fill(0.01) };
  const summary = summarizeScore(new Float32Array(100).fill(1), { ...scoring, link: null, kernel }, ['only']);
  const { text } = renderScore(summary, 'score', { className: 'only', probability: 1 });
  expect(text).toContain('The other 92 units together add 0.9200');
});

test('the largest products come first, for and against', () => {
  const ones = { shape: [6, 1], values: Float32Array.of(3, -5, 1, -2, 0, 4) };
  const input = new Float32Array(6).fill(1);
  const { scores } = summarizeScore(input, { ...scoring, link: null, kernel: ones }, ['only']);
  expect(scores[0]?.terms.map(({ unit }) => unit)).toEqual([5, 0, 2]);
  expect(scores[0]?.against.map(({ unit }) => unit)).toEqual([1, 3]);
  expect([scores[0]?.rest, scores[0]?.bias, scores[0]?.score]).toEqual([{ count: 1, sum: 0 }, null, 1]);
});

describe('a softmax', () => {
  const names = Array.from({ length: 9 }, (_, index) => `class ${index}`);
  const summary = summarizeScore(values, { ...scoring, link: 'softmax', kernel: kernelOf(9) }, names);

  test('the shares of all classes add up to 1, the likeliest first, as printed too', () => {
    const shares = [...(summary.shares ?? []).map(({ share }) => share), summary.others?.share ?? 0];
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(shares.slice(0, 6)).toEqual(shares.slice(0, 6).toSorted((a, b) => b - a));
    expect(summary.others?.count).toBe(3);
    const { text } = renderScore(summary, 'score', { className: 'class 1', probability: shares[0] as number });
    const table = text.slice(text.indexOf('<table class="shares">'));
    const columns = [...table.matchAll(/<td class="amount">([\d.]+)<\/td>\n<td>/g)].map(([, share]) => Number(share));
    expect(columns.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('shares that differ little are printed with as many places as it takes', () => {
    const flat = { shape: [1, 1000], values: Float32Array.from({ length: 1000 }, (_, unit) => 0.01 - unit * 1e-3) };
    const about = { ...scoring, link: 'softmax' as const, kernel: flat };
    const { text } = renderScore(summarizeScore(Float32Array.of(1), about, []), 'score', {
      className: '0',
      probability: 0.001,
    });
    const rows = [...text.slice(text.indexOf('class="shares"')).matchAll(/<td class="amount">([\d.]+)<\/td>\n<td>/g)];
    expect(new Set(rows.slice(0, 6).map(([, share]) => share)).size).toBe(6);
  });

  test('three classes are taken apart', () => {
    expect(summary.scores.map(({ className }) => className)).toEqual(
      summary.shares?.slice(0, 3).map(({ className }) => className),
    );
  });
});
