import { expect, test } from 'vitest';
import { countPredictions } from '../../../src/commands/predict/count-predictions.js';

const CLASSES = ['cats', 'dogs', 'caf\u00e9'];
const predicted = (image: string, className: string) => ({ image, className });

test('predictions are counted by class, those of no image too', () => {
  const { classes, folders, otherCount } = countPredictions(
    [predicted('/x/a.jpg', 'dogs'), predicted('/x/b.jpg', 'dogs'), predicted('/x/c.jpg', 'cats')],
    ['/x'],
    CLASSES,
  );
  expect(classes).toEqual([
    { className: 'cats', count: 1 },
    { className: 'dogs', count: 2 },
    { className: 'caf\u00e9', count: 0 },
  ]);
  expect([folders, otherCount]).toEqual([[], 3]);
});

test('and by the folders that are named after classes, however these are spelled', () => {
  const { folders, otherCount } = countPredictions(
    [
      predicted('/x/test/dogs/a.jpg', 'dogs'),
      predicted('/x/test/dogs/deep/er/b.jpg', 'cats'),
      predicted('/x/test/dogs/c.jpg', 'cats'),
      predicted('/x/test/cafe\u0301/d.jpg', 'caf\u00e9'),
      predicted('/x/test/unknown/e.jpg', 'cats'),
      predicted('/x/cats/one.jpg', 'dogs'),
    ],
    ['/x/test', '/x/cats/one.jpg'],
    CLASSES,
  );
  expect(folders).toEqual([
    { className: 'cats', imageCount: 1, predicted: [{ className: 'dogs', count: 1 }] },
    {
      className: 'dogs',
      imageCount: 3,
      predicted: [
        { className: 'cats', count: 2 },
        { className: 'dogs', count: 1 },
      ],
    },
    { className: 'caf\u00e9', imageCount: 1, predicted: [{ className: 'caf\u00e9', count: 1 }] },
  ]);
  expect(otherCount).toBe(1);
});

test('folders above what was named stand for no class', () => {
  const { folders } = countPredictions(
    [predicted('/home/dogs/photos/2026/a.jpg', 'cats')],
    ['/home/dogs/photos'],
    CLASSES,
  );
  expect(folders).toEqual([]);
});

test('without names the classes are those that were predicted', () => {
  const { classes, folders } = countPredictions([predicted('/x/class 1/a.jpg', 'class 1')], ['/x'], []);
  expect([classes, folders]).toEqual([[{ className: 'class 1', count: 1 }], []]);
});
