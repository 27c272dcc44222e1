import { expect, test } from 'vitest';
import { assessEvidence } from '../../src/explain/evidence.js';

function judge(...maps: number[][]) {
  const named = maps.map((values, index) => ({
    map: { width: values.length, height: 1, values: Float32Array.from(values) },
    className: ['cats', 'dogs'][index] as string,
  }));
  return assessEvidence(named, { layerName: 'conv', methodTitle: 'Grad-CAM' });
}

test('evidence for a class is shown alone, and speaks for itself', () => {
  const [cats] = judge([-3, 0, 2]);
  expect([cats?.kind, [...(cats?.shown.values ?? [])], cats?.sentence]).toEqual(['positive', [0, 0, 2], undefined]);
  expect(cats?.statistics.min).toBe(-3);
});

test('where there is no evidence for a class, that is said, and evidence against it is shown', () => {
  const [cats, dogs] = judge([-3, 0, -1], [3, 0, 1]);
  expect([cats?.kind, [...(cats?.shown.values ?? [])]]).toEqual(['negative', [-3, 0, -1]]);
  expect(cats?.sentence).toBe('Grad-CAM for cats at conv: no positive evidence; the map shows evidence against it');
  expect([dogs?.kind, dogs?.sentence]).toEqual(['positive', undefined]);
});

test('a map of zeros is no blank picture without a word', () => {
  const [cats] = judge([0, -0, 0]);
  expect([cats?.kind, cats?.sentence]).toEqual([
    'nothing',
    'Grad-CAM for cats at conv: no evidence for or against it, the map is 0 everywhere',
  ]);
});

test('evidence that is too weak beside the other class is given in numbers, for or against', () => {
  expect(judge([0.0512345, -9], [2, 1])[0]?.sentence).toBe(
    'Grad-CAM for cats at conv: at most 0.0512, too weak to be visible on this scale',
  );
  expect(judge([-0.1, 0], [2, 1])[0]?.sentence).toMatch(/against it: at most 0\.1, too weak/);
  expect(judge([0.2, 0], [2, 1])[0]?.sentence).toBeUndefined();
});

test('non-finite numbers are counted', () => {
  const [cats] = judge([Number.NaN, 1, Number.POSITIVE_INFINITY]);
  expect([cats?.kind, cats?.sentence]).toEqual([
    'undefined',
    'Grad-CAM for cats at conv: 2 of 3 values NaN or infinite',
  ]);
});
