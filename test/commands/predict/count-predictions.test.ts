import { expect, test } from 'vitest';
import { countPredictions } from '../../../src/commands/predict/count-predictions.js';

const CLASSES = ['cats', 'dogs', 'birds'];
const predicted = (className: string, trueClass?: string) => ({ className, ...(trueClass && { trueClass }) });

test('predictions are counted by class, those of no image too', () => {
  const counts = countPredictions([predicted('dogs'), predicted('dogs'), predicted('cats')], CLASSES);
  expect(counts).toEqual({
    classes: [
      { className: 'cats', count: 1 },
      { className: 'dogs', count: 2 },
      { className: 'birds', count: 0 },
    ],
    folders: [],
    checkedCount: 0,
    correctCount: 0,
    otherCount: 3,
  });
});

test('and by the true class, right and wrong', () => {
  const { folders, ...counts } = countPredictions(
    [
      predicted('dogs', 'dogs'),
      predicted('cats', 'dogs'),
      predicted('cats', 'dogs'),
      predicted('birds', 'birds'),
      predicted('cats'),
      predicted('dogs', 'cats'),
    ],
    CLASSES,
  );
  expect(folders).toEqual([
    { className: 'cats', imageCount: 1, correctCount: 0, predicted: [{ className: 'dogs', count: 1 }] },
    {
      className: 'dogs',
      imageCount: 3,
      correctCount: 1,
      predicted: [
        { className: 'cats', count: 2 },
        { className: 'dogs', count: 1 },
      ],
    },
    { className: 'birds', imageCount: 1, correctCount: 1, predicted: [{ className: 'birds', count: 1 }] },
  ]);
  expect(counts).toMatchObject({ checkedCount: 5, correctCount: 2, otherCount: 1 });
});

test('without names the classes are those that were predicted', () => {
  const { classes, folders } = countPredictions([predicted('class 1')], []);
  expect([classes, folders]).toEqual([[{ className: 'class 1', count: 1 }], []]);
});
